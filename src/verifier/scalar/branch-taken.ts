import { below, below32, less } from './int64.ts';
import { flipOp, type JumpOp } from './jump-op.ts';
import { rangesTaken } from './ranges-taken.ts';
import type { ScalarRules } from './rules.ts';
import { isKnown, type Scalar } from './scalar.ts';

/**
 * Whether a jump on two numbers is known to be taken (1), known not to be (0), or neither (-1) (is_branch_taken).
 *
 * Operands are given as they stand in the instruction. Kernels before v6.4 ask only if the right one is a constant: a
 * constant on the left teaches nothing; before v6.8, one of them has to be a constant.
 *
 * @param isSelf whether both operands are one register
 */
export function branchTaken(
  rules: ScalarRules,
  op: JumpOp,
  is64: boolean,
  dst: Scalar,
  src: Scalar,
  isSelf = false,
): 1 | 0 | -1 {
  if (rules.widthsLearn) return rangesTaken(rules, op, is64, dst, src, isSelf);
  if (isKnown(is64, src)) return taken(rules, op, is64, dst, src);
  return rules.foreseesSwapped && isKnown(is64, dst) ? taken(rules, flipOp(op), is64, src, dst) : -1;
}

function taken(rules: ScalarRules, op: JumpOp, is64: boolean, s: Scalar, by: Scalar): 1 | 0 | -1 {
  return is64 ? taken64(rules, op, s, by.valueHi, by.valueLo) : taken32(rules, op, s, by.valueLo);
}

/** is_branch64_taken */
function taken64(rules: ScalarRules, op: JumpOp, s: Scalar, hi: number, lo: number): 1 | 0 | -1 {
  switch (op) {
    case 'jeq':
    case 'jne':
      if ((s.maskLo | s.maskHi) !== 0) {
        const isOutside = below(hi, lo, s.uminHi, s.uminLo) || below(s.umaxHi, s.umaxLo, hi, lo);
        if (!rules.equalityAsksBounds || !isOutside) return -1;
        return op === 'jeq' ? 0 : 1;
      }
      return (s.valueLo === lo && s.valueHi === hi) === (op === 'jeq') ? 1 : 0;
    case 'jset':
      if (((s.valueLo & lo) | (s.valueHi & hi)) !== 0) return 1;
      return (((s.valueLo | s.maskLo) & lo) | ((s.valueHi | s.maskHi) & hi)) === 0 ? 0 : -1;
    case 'jgt':
      return sure(below(hi, lo, s.uminHi, s.uminLo), !below(hi, lo, s.umaxHi, s.umaxLo));
    case 'jle':
      return sure(!below(hi, lo, s.umaxHi, s.umaxLo), below(hi, lo, s.uminHi, s.uminLo));
    case 'jlt':
      return sure(below(s.umaxHi, s.umaxLo, hi, lo), !below(s.uminHi, s.uminLo, hi, lo));
    case 'jge':
      return sure(!below(s.uminHi, s.uminLo, hi, lo), below(s.umaxHi, s.umaxLo, hi, lo));
    case 'jsgt':
      return sure(less(hi, lo, s.sminHi, s.sminLo), !less(hi, lo, s.smaxHi, s.smaxLo));
    case 'jsle':
      return sure(!less(hi, lo, s.smaxHi, s.smaxLo), less(hi, lo, s.sminHi, s.sminLo));
    case 'jslt':
      return sure(less(s.smaxHi, s.smaxLo, hi, lo), !less(s.sminHi, s.sminLo, hi, lo));
    case 'jsge':
      return sure(!less(s.sminHi, s.sminLo, hi, lo), less(s.smaxHi, s.smaxLo, hi, lo));
  }
}

/** is_branch32_taken */
function taken32(rules: ScalarRules, op: JumpOp, s: Scalar, value: number): 1 | 0 | -1 {
  switch (op) {
    case 'jeq':
    case 'jne':
      if (s.maskLo !== 0) {
        const isOutside = below32(value, s.u32min) || below32(s.u32max, value);
        if (!rules.equalityAsksBounds || !isOutside) return -1;
        return op === 'jeq' ? 0 : 1;
      }
      return (s.valueLo === value) === (op === 'jeq') ? 1 : 0;
    case 'jset':
      if ((s.valueLo & value) !== 0) return 1;
      return ((s.valueLo | s.maskLo) & value) === 0 ? 0 : -1;
    case 'jgt':
      return sure(below32(value, s.u32min), !below32(value, s.u32max));
    case 'jle':
      return sure(!below32(value, s.u32max), below32(value, s.u32min));
    case 'jlt':
      return sure(below32(s.u32max, value), !below32(s.u32min, value));
    case 'jge':
      return sure(!below32(s.u32min, value), below32(s.u32max, value));
    case 'jsgt':
      return sure(s.s32min > value, s.s32max <= value);
    case 'jsle':
      return sure(s.s32max <= value, s.s32min > value);
    case 'jslt':
      return sure(s.s32max < value, s.s32min >= value);
    case 'jsge':
      return sure(s.s32min >= value, s.s32max < value);
  }
}

/** Bounds that contradict each other may say both; the kernel asks in this order. */
function sure(always: boolean, never: boolean): 1 | 0 | -1 {
  if (always) return 1;
  return never ? 0 : -1;
}
