import { bitsFromBounds } from './bits-from-bounds.ts';
import { deduceAcross } from './deduce.ts';
import { INT32_MAX, INT32_MIN, type Draft } from './draft.ts';
import { below, below32, less } from './int64.ts';
import type { ScalarRules } from './rules.ts';
import { learnFromSteps } from './steps.ts';
import { hasViolation } from './violations.ts';

/** The views of a number learn from each other (kernel/bpf/verifier.c, reg_bounds_sync and what it calls, v5.19). */

/** All that one round can teach (reg_bounds_sync). */
export function syncBounds(rules: ScalarRules, d: Draft): void {
  if (rules.deduces64First && hasViolation(d)) return;
  boundsFromBits(rules, d);
  deduceBounds(rules, d);
  bitsFromBounds(rules, d);
  boundsFromBits(rules, d);
}

/** After arithmetic; v5.18 does not go back to the bounds once the bits have learned from them. */
export function syncAfterArithmetic(rules: ScalarRules, d: Draft): void {
  if (rules.syncsWholly) {
    syncBounds(rules, d);
    return;
  }
  boundsFromBits(rules, d);
  deduceBounds(rules, d);
  bitsFromBounds(rules, d);
}

/** After bounds were set; v5.18 begins without asking the bits. */
export function syncAfterBounds(rules: ScalarRules, d: Draft): void {
  if (rules.syncsWholly) {
    syncBounds(rules, d);
    return;
  }
  deduceBounds(rules, d);
  bitsFromBounds(rules, d);
  boundsFromBits(rules, d);
}

/** Bounds from the known bits (__update_reg_bounds). */
export function boundsFromBits(rules: ScalarRules, d: Draft): void {
  bounds32FromBits(d);
  bounds64FromBits(d);
  if (rules.stepsThroughBits) learnFromSteps(d);
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
function bounds64FromBits(d: Draft): void {
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

/** Bounds from other bounds (__reg_deduce_bounds): in rounds since v6.8, and before only signed ones from unsigned. */
function deduceBounds(rules: ScalarRules, d: Draft): void {
  if (!rules.widthsLearn) {
    deduceBounds32(d);
    deduceBounds64(d);
    return;
  }
  deduceAcross(rules, d);
  deduceAcross(rules, d);
  if (rules.threeRounds) deduceAcross(rules, d);
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
