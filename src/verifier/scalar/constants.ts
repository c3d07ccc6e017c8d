import type { AluOp } from './alu.ts';
import { addHi, mulHi, sarHi, shlHi, shlLo, shrHi, shrLo, subHi } from './int64.ts';
import { constant, type Scalar } from './scalar.ts';

/**
 * The result of an operation on two constants: what all of the kernel's bookkeeping comes to for them.
 *
 * @returns undefined if it takes the bookkeeping to know
 */
export function foldConstants(op: AluOp, is64: boolean, dst: Scalar, src: Scalar): Scalar | undefined {
  if ((dst.maskLo | dst.maskHi | src.maskLo | src.maskHi) !== 0 || !isSound(dst) || !isSound(src)) return undefined;
  const lo = dst.valueLo;
  const hi = dst.valueHi;
  const by = src.valueLo;
  switch (op) {
    case 'add':
      return result(is64, lo + by, addHi(hi, lo, src.valueHi, by));
    case 'sub':
      return result(is64, lo - by, subHi(hi, lo, src.valueHi, by));
    case 'mul':
      return result(is64, Math.imul(lo, by), is64 ? mulHi(hi, lo, src.valueHi, by) : 0);
    case 'and':
      return result(is64, lo & by, hi & src.valueHi);
    case 'or':
      return result(is64, lo | by, hi | src.valueHi);
    case 'xor':
      return result(is64, lo ^ by, hi ^ src.valueHi);
    case 'lsh':
    case 'rsh':
    case 'arsh':
      return src.valueHi === 0 && by >= 0 && by < (is64 ? 64 : 32) ? shift(op, is64, hi, lo, by) : undefined;
    case 'div':
    case 'mod':
    case 'sdiv':
    case 'smod':
      return undefined;
  }
}

function result(is64: boolean, lo: number, hi: number): Scalar {
  return constant(lo | 0, is64 ? hi : 0);
}

function shift(op: 'lsh' | 'rsh' | 'arsh', is64: boolean, hi: number, lo: number, by: number): Scalar {
  if (op === 'lsh') return result(is64, shlLo(lo, by), is64 ? shlHi(hi, lo, by) : 0);
  if (op === 'rsh') return is64 ? constant(shrLo(hi, lo, by, 0), shrHi(hi, by)) : constant((lo >>> by) | 0, 0);
  return is64 ? constant(shrLo(hi, lo, by, hi >> 31), sarHi(hi, by)) : constant(lo >> by, 0);
}

/** Whether the bounds of a constant are those of its value. On branches that can't be reached they may not be. */
function isSound(s: Scalar): boolean {
  const lo = s.valueLo;
  const hi = s.valueHi;
  return (
    s.sminLo === lo &&
    s.smaxLo === lo &&
    s.uminLo === lo &&
    s.umaxLo === lo &&
    s.sminHi === hi &&
    s.smaxHi === hi &&
    s.uminHi === hi &&
    s.umaxHi === hi &&
    s.s32min === lo &&
    s.s32max === lo &&
    s.u32min === lo &&
    s.u32max === lo
  );
}
