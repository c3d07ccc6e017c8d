import { INT32_MAX, INT32_MIN, type Draft } from './draft.ts';
import { below, below32, less } from './int64.ts';
import type { ScalarRules } from './rules.ts';

/** The views of a number learn from each other (kernel/bpf/verifier.c, reg_bounds_sync and what it calls, v5.19). */

/** All that one round can teach (reg_bounds_sync). */
export function syncBounds(rules: ScalarRules, d: Draft): void {
  boundsFromBits(d);
  deduceBounds(d);
  bitsFromBounds(rules, d);
  boundsFromBits(d);
}

/** After arithmetic; v5.18 does not go back to the bounds once the bits have learned from them. */
export function syncAfterArithmetic(rules: ScalarRules, d: Draft): void {
  boundsFromBits(d);
  deduceBounds(d);
  bitsFromBounds(rules, d);
  if (rules.syncsWholly) boundsFromBits(d);
}

/** After bounds were set; v5.18 begins without asking the bits. */
export function syncAfterBounds(rules: ScalarRules, d: Draft): void {
  if (rules.syncsWholly) boundsFromBits(d);
  deduceBounds(d);
  bitsFromBounds(rules, d);
  boundsFromBits(d);
}

/** Bounds from the known bits (__update_reg_bounds). */
export function boundsFromBits(d: Draft): void {
  bounds32FromBits(d);
  bounds64FromBits(d);
}

/** The 32-bit bounds from the known bits (__update_reg32_bounds). */
export function bounds32FromBits(d: Draft): void {
  const value = d.valueLo;
  const mask = d.maskLo;
  const all = value | mask;
  const smin = value | (mask & INT32_MIN);
  const smax = value | (mask & INT32_MAX);
  if (d.s32min < smin) d.s32min = smin;
  if (d.s32max > smax) d.s32max = smax;
  if (below32(d.u32min, value)) d.u32min = value;
  if (below32(all, d.u32max)) d.u32max = all;
}

/** The 64-bit bounds from the known bits (__update_reg64_bounds). */
export function bounds64FromBits(d: Draft): void {
  const { valueLo, valueHi, maskHi } = d;
  const allLo = valueLo | d.maskLo;
  const allHi = valueHi | maskHi;
  const sminHi = valueHi | (maskHi & INT32_MIN);
  const smaxHi = valueHi | (maskHi & INT32_MAX);
  if (less(d.sminHi, d.sminLo, sminHi, valueLo)) {
    d.sminHi = sminHi;
    d.sminLo = valueLo;
  }
  if (less(smaxHi, allLo, d.smaxHi, d.smaxLo)) {
    d.smaxHi = smaxHi;
    d.smaxLo = allLo;
  }
  if (below(d.uminHi, d.uminLo, valueHi, valueLo)) {
    d.uminHi = valueHi;
    d.uminLo = valueLo;
  }
  if (below(allHi, allLo, d.umaxHi, d.umaxLo)) {
    d.umaxHi = allHi;
    d.umaxLo = allLo;
  }
}

/** Signed bounds from unsigned ones and the other way round (__reg_deduce_bounds). */
export function deduceBounds(d: Draft): void {
  deduceBounds32(d);
  deduceBounds64(d);
}

function deduceBounds32(d: Draft): void {
  if (d.s32min >= 0 || d.s32max < 0) {
    // The sign is known, so either pair of bounds holds as the other.
    d.s32min = d.u32min = below32(d.s32min, d.u32min) ? d.u32min : d.s32min;
    d.s32max = d.u32max = below32(d.u32max, d.s32max) ? d.u32max : d.s32max;
  } else if (d.u32max >= 0) {
    d.s32min = d.u32min;
    d.s32max = d.u32max = below32(d.u32max, d.s32max) ? d.u32max : d.s32max;
  } else if (d.u32min < 0) {
    d.s32min = d.u32min = below32(d.s32min, d.u32min) ? d.u32min : d.s32min;
    d.s32max = d.u32max;
  }
}

function deduceBounds64(d: Draft): void {
  if (d.sminHi >= 0 || d.smaxHi < 0) {
    raiseBothMin(d);
    lowerBothMax(d);
  } else if (d.umaxHi >= 0) {
    d.sminHi = d.uminHi;
    d.sminLo = d.uminLo;
    lowerBothMax(d);
  } else if (d.uminHi < 0) {
    raiseBothMin(d);
    d.smaxHi = d.umaxHi;
    d.smaxLo = d.umaxLo;
  }
}

/** Both minima become the greater of the two by bit pattern. */
function raiseBothMin(d: Draft): void {
  if (below(d.sminHi, d.sminLo, d.uminHi, d.uminLo)) {
    d.sminHi = d.uminHi;
    d.sminLo = d.uminLo;
  } else {
    d.uminHi = d.sminHi;
    d.uminLo = d.sminLo;
  }
}

/** Both maxima become the smaller of the two by bit pattern. */
function lowerBothMax(d: Draft): void {
  if (below(d.umaxHi, d.umaxLo, d.smaxHi, d.smaxLo)) {
    d.smaxHi = d.umaxHi;
    d.smaxLo = d.umaxLo;
  } else {
    d.umaxHi = d.smaxHi;
    d.umaxLo = d.smaxLo;
  }
}

/** Known bits from the unsigned bounds: those that both ends have in common at the top (__reg_bound_offset). */
export function bitsFromBounds(rules: ScalarRules, d: Draft): void {
  const freeHi = differing(d.uminHi ^ d.umaxHi);
  if (freeHi >= 0) {
    d.maskHi &= freeHi;
    d.valueHi = (d.valueHi | (d.uminHi & ~freeHi)) & ~d.maskHi;
    if (freeHi === 0 && rules.subregLearnsFrom64) learnLowBits(d, d.uminLo, differing(d.uminLo ^ d.umaxLo));
  }
  learnLowBits(d, d.u32min, differing(d.u32min ^ d.u32max));
}

/** The low half agrees with `value` but for the bits that are free. */
function learnLowBits(d: Draft, value: number, free: number): void {
  d.maskLo &= free;
  d.valueLo = (d.valueLo | (value & ~free)) & ~d.maskLo;
}

/** From the highest bit that is set down to the lowest, all bits: those in which two bounds may differ. */
function differing(bits: number): number {
  return bits === 0 ? 0 : (-1 >>> Math.clz32(bits)) | 0;
}

/** No 64-bit bounds (__mark_reg64_unbounded). */
export function forgetBounds64(d: Draft): void {
  forgetSigned64(d);
  forgetUnsigned64(d);
}

export function forgetSigned64(d: Draft): void {
  d.sminHi = INT32_MIN;
  d.sminLo = 0;
  d.smaxHi = INT32_MAX;
  d.smaxLo = -1;
}

export function forgetUnsigned64(d: Draft): void {
  d.uminHi = 0;
  d.uminLo = 0;
  d.umaxHi = -1;
  d.umaxLo = -1;
}

/** No 32-bit bounds (__mark_reg32_unbounded). */
export function forgetBounds32(d: Draft): void {
  forgetSigned32(d);
  forgetUnsigned32(d);
}

export function forgetSigned32(d: Draft): void {
  d.s32min = INT32_MIN;
  d.s32max = INT32_MAX;
}

export function forgetUnsigned32(d: Draft): void {
  d.u32min = 0;
  d.u32max = -1;
}
