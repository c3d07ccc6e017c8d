import { boundsFromBits } from './bounds.ts';
import { setConstant, setConstant32, type Draft } from './draft.ts';
import { forgetSigned32, forgetSigned64 } from './forget.ts';
import { below, below32, less } from './int64.ts';
import type { ScalarRules } from './rules.ts';
import type { Scalar } from './scalar.ts';

/*
 * Bounds of a conjunction, a disjunction and an exclusive disjunction. The draft has the bits of the result already, and
 * still the bounds of the left operand. The kernel asks these bits, not those of the left operand, whether both operands
 * were known: `x & 0` counts as such.
 */

/** scalar32_min_max_and and scalar_min_max_and: the most is the smaller of the two maxima. */
export function andBounds(rules: ScalarRules, d: Draft, src: Scalar): void {
  if ((src.maskLo | d.maskLo) === 0) {
    setConstant32(d, d.valueLo);
  } else {
    d.u32min = d.valueLo;
    if (below32(src.u32max, d.u32max)) d.u32max = src.u32max;
    signedBounds32(rules.andKeepsSign, d, src);
  }
  if (isKnown(d, src)) {
    setConstant(d, d.valueHi, d.valueLo);
    return;
  }
  d.uminHi = d.valueHi;
  d.uminLo = d.valueLo;
  if (below(src.umaxHi, src.umaxLo, d.umaxHi, d.umaxLo)) {
    d.umaxHi = src.umaxHi;
    d.umaxLo = src.umaxLo;
  }
  signedBounds64(rules.andKeepsSign, d, src);
  boundsFromBits(rules, d);
}

/** scalar32_min_max_or and scalar_min_max_or: the least is the greater of the two minima. */
export function orBounds(rules: ScalarRules, d: Draft, src: Scalar): void {
  if ((src.maskLo | d.maskLo) === 0) {
    setConstant32(d, d.valueLo);
  } else {
    if (below32(d.u32min, src.u32min)) d.u32min = src.u32min;
    d.u32max = d.valueLo | d.maskLo;
    signedBounds32(rules.relaxesOperands, d, src);
  }
  if (isKnown(d, src)) {
    setConstant(d, d.valueHi, d.valueLo);
    return;
  }
  if (below(d.uminHi, d.uminLo, src.uminHi, src.uminLo)) {
    d.uminHi = src.uminHi;
    d.uminLo = src.uminLo;
  }
  d.umaxHi = d.valueHi | d.maskHi;
  d.umaxLo = d.valueLo | d.maskLo;
  signedBounds64(rules.relaxesOperands, d, src);
  boundsFromBits(rules, d);
}

/** scalar32_min_max_xor and scalar_min_max_xor: the bits say it all. */
export function xorBounds(rules: ScalarRules, d: Draft, src: Scalar): void {
  if ((src.maskLo | d.maskLo) === 0) {
    setConstant32(d, d.valueLo);
  } else {
    d.u32min = d.valueLo;
    d.u32max = d.valueLo | d.maskLo;
    signedBounds32(rules.relaxesOperands, d, src);
  }
  if (isKnown(d, src)) {
    setConstant(d, d.valueHi, d.valueLo);
    return;
  }
  d.uminHi = d.valueHi;
  d.uminLo = d.valueLo;
  d.umaxHi = d.valueHi | d.maskHi;
  d.umaxLo = d.valueLo | d.maskLo;
  signedBounds64(rules.relaxesOperands, d, src);
  boundsFromBits(rules, d);
}

function isKnown(d: Draft, src: Scalar): boolean {
  return (d.maskLo | d.maskHi | src.maskLo | src.maskHi) === 0;
}

/**
 * The signed bounds are the unsigned ones, or lost.
 *
 * @param byResult whether it is asked that the unsigned bounds do not cross the sign, or that no operand can be negative
 */
function signedBounds32(byResult: boolean, d: Draft, src: Scalar): void {
  if (byResult ? d.u32min > d.u32max : d.s32min < 0 || src.s32min < 0) {
    forgetSigned32(d);
  } else {
    d.s32min = d.u32min;
    d.s32max = d.u32max;
  }
}

function signedBounds64(byResult: boolean, d: Draft, src: Scalar): void {
  if (byResult ? less(d.umaxHi, d.umaxLo, d.uminHi, d.uminLo) : d.sminHi < 0 || src.sminHi < 0) {
    forgetSigned64(d);
  } else {
    d.sminHi = d.uminHi;
    d.sminLo = d.uminLo;
    d.smaxHi = d.umaxHi;
    d.smaxLo = d.umaxLo;
  }
}
