import type { ScalarRules } from './rules.ts';
import { constant, isConstant, UNKNOWN, type Scalar } from './scalar.ts';

/** The binary operations of BPF_ALU and BPF_ALU64, but for moves. */
export type AluOp = 'add' | 'sub' | 'mul' | 'div' | 'mod' | 'and' | 'or' | 'xor' | 'lsh' | 'rsh' | 'arsh';

/** What is known after `dst = dst op src` (adjust_scalar_min_max_vals). */
export function alu(_rules: ScalarRules, op: AluOp, is64: boolean, dst: Scalar, src: Scalar): Scalar {
  if (op === 'add' && isConstant(dst) && isConstant(src)) return pointerAdd(dst, src);
  return is64 ? UNKNOWN : UNKNOWN;
}

/** The variable part of a pointer after a scalar was added to it (adjust_ptr_min_max_vals, BPF_ADD). */
export function pointerAdd(ptr: Scalar, offset: Scalar): Scalar {
  if (!isConstant(ptr) || !isConstant(offset)) return UNKNOWN;
  const lo = (ptr.valueLo >>> 0) + (offset.valueLo >>> 0);
  return constant(lo | 0, (ptr.valueHi + offset.valueHi + (lo > 0xffffffff ? 1 : 0)) | 0);
}

/** The variable part of a pointer after a scalar was subtracted from it (adjust_ptr_min_max_vals, BPF_SUB). */
export function pointerSub(ptr: Scalar, offset: Scalar): Scalar {
  if (!isConstant(ptr) || !isConstant(offset)) return UNKNOWN;
  const lo = (ptr.valueLo >>> 0) - (offset.valueLo >>> 0);
  return constant(lo | 0, (ptr.valueHi - offset.valueHi - (lo < 0 ? 1 : 0)) | 0);
}
