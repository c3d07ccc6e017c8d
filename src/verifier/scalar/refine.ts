import { forgetBounds32, forgetBounds64, syncBounds } from './bounds.ts';
import { createDraft, load, seal, setConstant, setConstant32, type Draft } from './draft.ts';
import { addHi, below, below32, less, subHi } from './int64.ts';
import { flipOp, type JumpOp } from './jump-op.ts';
import type { ScalarRules } from './rules.ts';
import { isConstant, type Scalar } from './scalar.ts';
import { intersectBits } from './tnum.ts';
import { combine32Into64, combine64Into32 } from './widen.ts';

/** The two operands on one side of a jump. */
export interface Side {
  readonly dst: Scalar;
  readonly src: Scalar;
}

/** What is known on either side of a conditional jump. */
export interface Refined {
  readonly taken: Side;
  readonly fallthrough: Side;
}

const work = createDraft();

/**
 * What a conditional jump that may go either way teaches about its two operands (check_cond_jmp_op): all about one that
 * is compared with a constant, and of two unknown ones only that they are equal.
 */
export function refine(rules: ScalarRules, op: JumpOp, is64: boolean, dst: Scalar, src: Scalar): Refined {
  if (isKnown(src, is64)) {
    return {
      taken: { dst: learn(rules, op, is64, dst, src, true), src },
      fallthrough: { dst: learn(rules, op, is64, dst, src, false), src },
    };
  }
  if (isKnown(dst, is64)) {
    const flipped = flipOp(op);
    return {
      taken: { dst, src: learn(rules, flipped, is64, src, dst, true) },
      fallthrough: { dst, src: learn(rules, flipped, is64, src, dst, false) },
    };
  }
  const same: Side = { dst, src };
  if (!is64 || (op !== 'jeq' && op !== 'jne')) return { taken: same, fallthrough: same };
  const equal: Side = { dst: intersect(rules, dst, src), src: intersect(rules, src, dst) };
  return op === 'jeq' ? { taken: equal, fallthrough: same } : { taken: same, fallthrough: equal };
}

function isKnown(s: Scalar, is64: boolean): boolean {
  return isConstant(s) || (!is64 && s.maskLo === 0);
}

/** One side of a comparison with a constant (reg_set_min_max). */
function learn(rules: ScalarRules, op: JumpOp, is64: boolean, s: Scalar, by: Scalar, taken: boolean): Scalar {
  const d = load(work, s);
  if (is64) {
    learn64(rules, op, d, by.valueHi, by.valueLo, taken);
    combine64Into32(rules, d);
  } else {
    learn32(rules, op, d, by.valueLo, taken);
    combine32Into64(rules, d);
  }
  return seal(d, s);
}

function learn64(rules: ScalarRules, op: JumpOp, d: Draft, hi: number, lo: number, taken: boolean): void {
  switch (op) {
    case 'jeq':
    case 'jne':
      if (taken === (op === 'jeq')) equal64(rules, d, hi, lo);
      return;
    case 'jset':
      if (!taken) {
        if (rules.clearBitsForgetBounds) forgetAllBounds(d);
        d.valueLo &= ~lo;
        d.maskLo &= ~lo;
        d.valueHi &= ~hi;
        d.maskHi &= ~hi;
      } else if (isPowerOfTwo64(hi, lo)) {
        d.valueLo |= lo;
        d.maskLo &= ~lo;
        d.valueHi |= hi;
        d.maskHi &= ~hi;
      }
      return;
    case 'jgt':
      if (taken) raiseUmin(d, addHi(hi, lo, 0, 1), (lo + 1) | 0);
      else lowerUmax(d, hi, lo);
      return;
    case 'jge':
      if (taken) raiseUmin(d, hi, lo);
      else lowerUmax(d, subHi(hi, lo, 0, 1), (lo - 1) | 0);
      return;
    case 'jlt':
      if (taken) lowerUmax(d, subHi(hi, lo, 0, 1), (lo - 1) | 0);
      else raiseUmin(d, hi, lo);
      return;
    case 'jle':
      if (taken) lowerUmax(d, hi, lo);
      else raiseUmin(d, addHi(hi, lo, 0, 1), (lo + 1) | 0);
      return;
    case 'jsgt':
      if (taken) raiseSmin(d, addHi(hi, lo, 0, 1), (lo + 1) | 0);
      else lowerSmax(d, hi, lo);
      return;
    case 'jsge':
      if (taken) raiseSmin(d, hi, lo);
      else lowerSmax(d, subHi(hi, lo, 0, 1), (lo - 1) | 0);
      return;
    case 'jslt':
      if (taken) lowerSmax(d, subHi(hi, lo, 0, 1), (lo - 1) | 0);
      else raiseSmin(d, hi, lo);
      return;
    case 'jsle':
      if (taken) lowerSmax(d, hi, lo);
      else raiseSmin(d, addHi(hi, lo, 0, 1), (lo + 1) | 0);
  }
}

function learn32(rules: ScalarRules, op: JumpOp, d: Draft, value: number, taken: boolean): void {
  switch (op) {
    case 'jeq':
    case 'jne':
      if (taken === (op === 'jeq')) equal32(rules, d, value);
      return;
    case 'jset':
      if (!taken) {
        if (rules.clearBitsForgetBounds) forgetAllBounds(d);
        d.valueLo &= ~value;
        d.maskLo &= ~value;
      } else if (value !== 0 && (value & (value - 1)) === 0) {
        d.valueLo |= value;
        d.maskLo &= ~value;
      }
      return;
    case 'jgt':
      if (taken) raiseU32min(d, (value + 1) | 0);
      else lowerU32max(d, value);
      return;
    case 'jge':
      if (taken) raiseU32min(d, value);
      else lowerU32max(d, (value - 1) | 0);
      return;
    case 'jlt':
      if (taken) lowerU32max(d, (value - 1) | 0);
      else raiseU32min(d, value);
      return;
    case 'jle':
      if (taken) lowerU32max(d, value);
      else raiseU32min(d, (value + 1) | 0);
      return;
    case 'jsgt':
      if (taken) d.s32min = Math.max(d.s32min, (value + 1) | 0);
      else d.s32max = Math.min(d.s32max, value);
      return;
    case 'jsge':
      if (taken) d.s32min = Math.max(d.s32min, value);
      else d.s32max = Math.min(d.s32max, (value - 1) | 0);
      return;
    case 'jslt':
      if (taken) d.s32max = Math.min(d.s32max, (value - 1) | 0);
      else d.s32min = Math.max(d.s32min, value);
      return;
    case 'jsle':
      if (taken) d.s32max = Math.min(d.s32max, value);
      else d.s32min = Math.max(d.s32min, (value + 1) | 0);
  }
}

/** The number equals a constant. In v5.18 its bits are put back to what they were, and learn what bounds can teach. */
function equal64(rules: ScalarRules, d: Draft, hi: number, lo: number): void {
  const { valueLo, valueHi, maskLo, maskHi } = d;
  setConstant(d, hi, lo);
  if (rules.equalityFixesBits) return;
  d.valueLo = valueLo;
  d.valueHi = valueHi;
  d.maskLo = maskLo;
  d.maskHi = maskHi;
}

function equal32(rules: ScalarRules, d: Draft, value: number): void {
  const { valueLo, maskLo } = d;
  setConstant32(d, value);
  if (rules.equalityFixesBits) return;
  d.valueLo = valueLo;
  d.maskLo = maskLo;
}

/** A number that is known to equal another one (__reg_combine_min_max). The 32-bit bounds stay its own. */
function intersect(rules: ScalarRules, s: Scalar, other: Scalar): Scalar {
  const d = load(work, s);
  raiseUmin(d, other.uminHi, other.uminLo);
  lowerUmax(d, other.umaxHi, other.umaxLo);
  raiseSmin(d, other.sminHi, other.sminLo);
  lowerSmax(d, other.smaxHi, other.smaxLo);
  intersectBits(d, other);
  syncBounds(rules, d);
  return seal(d, s);
}

function forgetAllBounds(d: Draft): void {
  forgetBounds64(d);
  forgetBounds32(d);
}

function isPowerOfTwo64(hi: number, lo: number): boolean {
  if (hi === 0) return lo !== 0 && (lo & (lo - 1)) === 0;
  return lo === 0 && (hi & (hi - 1)) === 0;
}

function raiseUmin(d: Draft, hi: number, lo: number): void {
  if (!below(d.uminHi, d.uminLo, hi, lo)) return;
  d.uminHi = hi;
  d.uminLo = lo;
}

function lowerUmax(d: Draft, hi: number, lo: number): void {
  if (!below(hi, lo, d.umaxHi, d.umaxLo)) return;
  d.umaxHi = hi;
  d.umaxLo = lo;
}

function raiseSmin(d: Draft, hi: number, lo: number): void {
  if (!less(d.sminHi, d.sminLo, hi, lo)) return;
  d.sminHi = hi;
  d.sminLo = lo;
}

function lowerSmax(d: Draft, hi: number, lo: number): void {
  if (!less(hi, lo, d.smaxHi, d.smaxLo)) return;
  d.smaxHi = hi;
  d.smaxLo = lo;
}

function raiseU32min(d: Draft, value: number): void {
  if (below32(d.u32min, value)) d.u32min = value;
}

function lowerU32max(d: Draft, value: number): void {
  if (below32(value, d.u32max)) d.u32max = value;
}
