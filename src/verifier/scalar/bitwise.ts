import { boundsFromBits, forgetSigned32, forgetSigned64 } from './bounds.ts';
import { setConstant, setConstant32, type Draft } from './draft.ts';
import { below, below32 } from './int64.ts';
import type { Scalar } from './scalar.ts';

/*
 * Bounds of a conjunction, a disjunction and an exclusive disjunction. The draft has the bits of the result already, and
 * still the bounds of the left operand. The kernel asks these bits, not those of the left operand, whether both operands
 * were known: `x & 0` counts as such.
 */

/** scalar32_min_max_and and scalar_min_max_and: the most is the smaller of the two maxima. */
export function andBounds(d: Draft, src: Scalar): void {
  if ((src.maskLo | d.maskLo) === 0) {
    setConstant32(d, d.valueLo);
  } else {
    d.u32min = d.valueLo;
    if (below32(src.u32max, d.u32max)) d.u32max = src.u32max;
    signedBounds32(d, src);
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
  signedBounds64(d, src);
  boundsFromBits(d);
}

/** scalar32_min_max_or and scalar_min_max_or: the least is the greater of the two minima. */
export function orBounds(d: Draft, src: Scalar): void {
  if ((src.maskLo | d.maskLo) === 0) {
    setConstant32(d, d.valueLo);
  } else {
    if (below32(d.u32min, src.u32min)) d.u32min = src.u32min;
    d.u32max = d.valueLo | d.maskLo;
    signedBounds32(d, src);
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
  signedBounds64(d, src);
  boundsFromBits(d);
}

/** scalar32_min_max_xor and scalar_min_max_xor: the bits say it all. */
export function xorBounds(d: Draft, src: Scalar): void {
  if ((src.maskLo | d.maskLo) === 0) {
    setConstant32(d, d.valueLo);
  } else {
    d.u32min = d.valueLo;
    d.u32max = d.valueLo | d.maskLo;
    signedBounds32(d, src);
  }
  if (isKnown(d, src)) {
    setConstant(d, d.valueHi, d.valueLo);
    return;
  }
  d.uminHi = d.valueHi;
  d.uminLo = d.valueLo;
  d.umaxHi = d.valueHi | d.maskHi;
  d.umaxLo = d.valueLo | d.maskLo;
  signedBounds64(d, src);
  boundsFromBits(d);
}

function isKnown(d: Draft, src: Scalar): boolean {
  return (d.maskLo | d.maskHi | src.maskLo | src.maskHi) === 0;
}

/** The signed bounds are the unsigned ones when neither operand can be negative, and lost otherwise. */
function signedBounds32(d: Draft, src: Scalar): void {
  if (d.s32min < 0 || src.s32min < 0) {
    forgetSigned32(d);
  } else {
    d.s32min = d.u32min;
    d.s32max = d.u32max;
  }
}

function signedBounds64(d: Draft, src: Scalar): void {
  if (d.sminHi < 0 || src.sminHi < 0) {
    forgetSigned64(d);
  } else {
    d.sminHi = d.uminHi;
    d.sminLo = d.uminLo;
    d.smaxHi = d.umaxHi;
    d.smaxLo = d.umaxLo;
  }
}
