import { addBounds32, addBounds64, subBounds32, subBounds64 } from './add-sub.ts';
import { andBounds, orBounds, xorBounds } from './bitwise.ts';
import { syncAfterArithmetic } from './bounds.ts';
import { foldConstants } from './constants.ts';
import { createDraft, load, seal, type Draft } from './draft.ts';
import { below, below32, less } from './int64.ts';
import { mulBounds32, mulBounds64 } from './mul.ts';
import type { ScalarRules } from './rules.ts';
import { UNKNOWN, type Scalar } from './scalar.ts';
import {
  shiftLeft32,
  shiftLeft64,
  shiftRight32,
  shiftRight64,
  shiftRightSigned32,
  shiftRightSigned64,
} from './shift.ts';
import { addBits, andBits, mulBits, orBits, subBits, xorBits } from './tnum.ts';
import { zeroUpperHalf } from './widen.ts';

export { pointerAdd, pointerKeep, pointerSub } from './pointer.ts';

/** The binary operations of BPF_ALU and BPF_ALU64, but for moves. */
export type AluOp = 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'and' | 'or' | 'xor' | 'lsh' | 'rsh' | 'arsh';

const work = createDraft();

/** What is known after `dst = dst op src` (adjust_scalar_min_max_vals). */
export function alu(rules: ScalarRules, op: AluOp, is64: boolean, dst: Scalar, src: Scalar): Scalar {
  const folded = foldConstants(op, is64, dst, src);
  if (folded !== undefined) return folded;
  if (dst === UNKNOWN && is64 && (op === 'add' || op === 'sub' || op === 'xor')) return UNKNOWN;
  if (is64 ? contradicts64(src) : contradicts32(src)) return UNKNOWN;
  const known = (is64 ? src.maskLo | src.maskHi : src.maskLo) === 0;
  if (!known && op !== 'add' && op !== 'sub' && op !== 'and') return UNKNOWN;
  const d = load(work, dst);
  apply(rules, op, is64, d, src);
  if (!is64) zeroUpperHalf(d);
  syncAfterArithmetic(rules, d);
  return seal(d, dst);
}

function apply(rules: ScalarRules, op: AluOp, is64: boolean, d: Draft, src: Scalar): void {
  switch (op) {
    case 'add':
      addBounds32(d, src);
      addBounds64(d, src);
      addBits(d, src);
      return;
    case 'sub':
      subBounds32(d, src);
      subBounds64(d, src);
      subBits(d, src);
      return;
    case 'mul':
      mulBits(d, src);
      mulBounds32(d, src);
      mulBounds64(d, src);
      return;
    case 'and':
      andBits(d, src);
      andBounds(d, src);
      return;
    case 'or':
      orBits(d, src);
      orBounds(d, src);
      return;
    case 'xor':
      xorBits(d, src);
      xorBounds(d, src);
      return;
    case 'lsh':
    case 'rsh':
    case 'arsh':
      applyShift(rules, op, is64, d, src);
      return;
    case 'div':
    case 'mod':
      load(d, UNKNOWN);
  }
}

function applyShift(rules: ScalarRules, op: 'lsh' | 'rsh' | 'arsh', is64: boolean, d: Draft, src: Scalar): void {
  // The kernel asks the 64-bit bound for shifts of 32 bits too.
  if (src.umaxHi !== 0 || src.umaxLo >>> 0 >= (is64 ? 64 : 32)) {
    load(d, UNKNOWN);
  } else if (is64) {
    if (op === 'lsh') shiftLeft64(rules, d, src.uminLo);
    else if (op === 'rsh') shiftRight64(d, src.uminLo);
    else shiftRightSigned64(d, src.uminLo);
  } else if (op === 'lsh') {
    shiftLeft32(d, src.u32min);
  } else if (op === 'rsh') {
    shiftRight32(d, src.u32min);
  } else {
    shiftRightSigned32(d, src.u32min);
  }
}

/** Whether bounds contradict each other, or the bits: so on branches that can't be reached. */
function contradicts64(s: Scalar): boolean {
  return (
    ((s.maskLo | s.maskHi) === 0 &&
      (s.sminLo !== s.smaxLo || s.sminHi !== s.smaxHi || s.uminLo !== s.umaxLo || s.uminHi !== s.umaxHi)) ||
    less(s.smaxHi, s.smaxLo, s.sminHi, s.sminLo) ||
    below(s.umaxHi, s.umaxLo, s.uminHi, s.uminLo)
  );
}

function contradicts32(s: Scalar): boolean {
  return (
    (s.maskLo === 0 && (s.s32min !== s.s32max || s.u32min !== s.u32max)) ||
    s.s32min > s.s32max ||
    below32(s.u32max, s.u32min)
  );
}
