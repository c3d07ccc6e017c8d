import { below, less } from './int64.ts';
import type { JumpOp } from './jump-op.ts';
import { simulate } from './refine-both.ts';
import type { ScalarRules } from './rules.ts';
import { isKnown, type Scalar } from './scalar.ts';

/** Whether a jump on two numbers, ranges or constants, is known to be taken or not (is_scalar_branch_taken, v6.8). */
export function rangesTaken(
  rules: ScalarRules,
  op: JumpOp,
  is64: boolean,
  dst: Scalar,
  src: Scalar,
  isSelf: boolean,
): 1 | 0 | -1 {
  if (isSelf && rules.knowsSelf) return selfTaken(op, is64, dst);
  if (op === 'jset') {
    const [value, by] = isKnown(is64, src) ? [dst, src] : [src, dst];
    if (!isKnown(is64, by)) return -1;
    const sure = bitsTaken(is64, value, by);
    return sure === -1 && rules.simulatesJumps ? simulate(rules, op, is64, dst, src) : sure;
  }
  const sure = compare(rules, op, is64, dst, src);
  return sure === -1 && rules.simulatesJumps ? simulate(rules, op, is64, dst, src) : sure;
}

function selfTaken(op: JumpOp, is64: boolean, s: Scalar): 1 | 0 | -1 {
  switch (op) {
    case 'jge':
    case 'jle':
    case 'jsge':
    case 'jsle':
    case 'jeq':
      return 1;
    case 'jgt':
    case 'jlt':
    case 'jsgt':
    case 'jslt':
    case 'jne':
      return 0;
    case 'jset':
      if (isKnown(is64, s)) return (is64 ? s.valueLo | s.valueHi : s.valueLo) === 0 ? 0 : 1;
      return mayBeZero(is64, s) ? -1 : 1;
  }
}

/** Whether the signed bounds hold zero. */
function mayBeZero(is64: boolean, s: Scalar): boolean {
  if (!is64) return s.s32min <= 0 && s.s32max >= 0;
  return (s.sminHi < 0 || (s.sminHi | s.sminLo) === 0) && s.smaxHi >= 0;
}

function compare(rules: ScalarRules, op: JumpOp, is64: boolean, a: Scalar, b: Scalar): 1 | 0 | -1 {
  switch (op) {
    case 'jeq':
      return equality(rules, is64, a, b);
    case 'jne': {
      const equal = equality(rules, is64, a, b);
      return equal === -1 ? -1 : equal === 1 ? 0 : 1;
    }
    case 'jgt':
      return sure(above(is64, a, b), notAbove(is64, a, b));
    case 'jle':
      return sure(notAbove(is64, a, b), above(is64, a, b));
    case 'jlt':
      return sure(above(is64, b, a), notAbove(is64, b, a));
    case 'jge':
      return sure(notAbove(is64, b, a), above(is64, b, a));
    case 'jsgt':
      return sure(greater(is64, a, b), notGreater(is64, a, b));
    case 'jsle':
      return sure(notGreater(is64, a, b), greater(is64, a, b));
    case 'jslt':
      return sure(greater(is64, b, a), notGreater(is64, b, a));
    case 'jsge':
      return sure(notGreater(is64, b, a), greater(is64, b, a));
    case 'jset':
      return -1;
  }
}

function equality(rules: ScalarRules, is64: boolean, a: Scalar, b: Scalar): 1 | 0 | -1 {
  if (isKnown(is64, a) && isKnown(is64, b)) {
    return a.valueLo === b.valueLo && (!is64 || a.valueHi === b.valueHi) ? 1 : 0;
  }
  if (rules.equalityAsksBits && !overlap(is64, a, b)) return 0;
  if (above(is64, a, b) || above(is64, b, a) || greater(is64, a, b) || greater(is64, b, a)) return 0;
  return is64 && (above(false, a, b) || above(false, b, a) || greater(false, a, b) || greater(false, b, a)) ? 0 : -1;
}

/** Whether two numbers may be equal by their bits (tnum_overlap). */
function overlap(is64: boolean, a: Scalar, b: Scalar): boolean {
  const lo = (a.valueLo ^ b.valueLo) & ~(a.maskLo | b.maskLo);
  return (is64 ? lo | ((a.valueHi ^ b.valueHi) & ~(a.maskHi | b.maskHi)) : lo) === 0;
}

function bitsTaken(is64: boolean, s: Scalar, by: Scalar): 1 | 0 | -1 {
  const hi = is64 ? by.valueHi : 0;
  const lo = by.valueLo;
  if (((s.valueLo & lo) | (s.valueHi & hi)) !== 0) return 1;
  return (((s.valueLo | s.maskLo) & lo) | ((s.valueHi | s.maskHi) & hi)) === 0 ? 0 : -1;
}

/** The least of a is above the most of b, unsigned. */
function above(is64: boolean, a: Scalar, b: Scalar): boolean {
  return is64 ? below(b.umaxHi, b.umaxLo, a.uminHi, a.uminLo) : b.u32max >>> 0 < a.u32min >>> 0;
}

/** The most of a is not above the least of b, unsigned. */
function notAbove(is64: boolean, a: Scalar, b: Scalar): boolean {
  return is64 ? !below(b.uminHi, b.uminLo, a.umaxHi, a.umaxLo) : b.u32min >>> 0 >= a.u32max >>> 0;
}

/** The least of a is above the most of b, signed. */
function greater(is64: boolean, a: Scalar, b: Scalar): boolean {
  return is64 ? less(b.smaxHi, b.smaxLo, a.sminHi, a.sminLo) : b.s32max < a.s32min;
}

/** The most of a is not above the least of b, signed. */
function notGreater(is64: boolean, a: Scalar, b: Scalar): boolean {
  return is64 ? !less(b.sminHi, b.sminLo, a.smaxHi, a.smaxLo) : b.s32min >= a.s32max;
}

function sure(always: boolean, never: boolean): 1 | 0 | -1 {
  if (always) return 1;
  return never ? 0 : -1;
}
