import { boundsFromBits, syncAfterBounds } from './bounds.ts';
import type { Draft } from './draft.ts';
import { forgetBounds32, forgetBounds64 } from './forget.ts';
import type { ScalarRules } from './rules.ts';
import { clearUpperBits } from './tnum.ts';

/** What the 64-bit view learns from the 32-bit one and the other way round, after the one of them changed. */

/** The upper half becomes zero (zext_32_to_64). No syncing. */
export function zeroUpperHalf(d: Draft): void {
  clearUpperBits(d);
  assignBounds64(d);
}

/** The 64-bit bounds of a number whose upper half is zero (__reg_assign_32_into_64). */
function assignBounds64(d: Draft): void {
  d.uminHi = 0;
  d.uminLo = d.u32min;
  d.umaxHi = 0;
  d.umaxLo = d.u32max;
  const nonNegative = d.s32min >= 0 && d.s32max >= 0;
  d.sminHi = 0;
  d.sminLo = nonNegative ? d.s32min : 0;
  d.smaxHi = 0;
  d.smaxLo = nonNegative ? d.s32max : -1;
}

/** After the low half changed (__reg_combine_32_into_64). */
export function combine32Into64(rules: ScalarRules, d: Draft): void {
  if ((d.valueHi | d.maskHi) === 0) {
    assignBounds64(d);
  } else {
    forgetBounds64(d);
    boundsFromBits(rules, d);
  }
  syncAfterBounds(rules, d);
}

/**
 * After the 64-bit bounds changed (__reg_combine_64_into_32): up to v6.7 the 32-bit ones are those that fit into 32 bits;
 * since then, to sync them is to learn as much.
 */
export function combine64Into32(rules: ScalarRules, d: Draft): void {
  forgetBounds32(d);
  if (!rules.widthsLearn) takeBoundsThatFit(d);
  syncAfterBounds(rules, d);
}

function takeBoundsThatFit(d: Draft): void {
  if (d.sminHi === d.sminLo >> 31 && d.smaxHi === d.smaxLo >> 31) {
    d.s32min = d.sminLo;
    d.s32max = d.smaxLo;
  }
  if ((d.uminHi | d.umaxHi) === 0) {
    d.u32min = d.uminLo;
    d.u32max = d.umaxLo;
  }
}
