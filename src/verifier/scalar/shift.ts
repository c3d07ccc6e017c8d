import { bounds32FromBits, boundsFromBits } from './bounds.ts';
import { INT32_MAX, INT32_MIN, type Draft } from './draft.ts';
import {
  forgetBounds32,
  forgetBounds64,
  forgetSigned32,
  forgetSigned64,
  forgetUnsigned32,
  forgetUnsigned64,
} from './forget.ts';
import { below, below32, sarHi, shlHi, shlLo, shrHi, shrLo } from './int64.ts';
import type { ScalarRules } from './rules.ts';
import { clearUpperBits, sarBits, shlBits, shrBits } from './tnum.ts';

/** Bits and bounds of shifts by a known number, of 64 bits (by 0 to 63) or of 32 (by 0 to 31). */

/** scalar_min_max_lsh */
export function shiftLeft64(rules: ScalarRules, d: Draft, by: number): void {
  if (by === 32) signedBoundsOfUpperHalf(rules, d);
  else forgetSigned64(d);
  const limit = 63 - by;
  if (below(shlHi(0, 1, limit), shlLo(1, limit), d.umaxHi, d.umaxLo)) {
    forgetUnsigned64(d);
  } else {
    d.uminHi = shlHi(d.uminHi, d.uminLo, by);
    d.uminLo = shlLo(d.uminLo, by);
    d.umaxHi = shlHi(d.umaxHi, d.umaxLo, by);
    d.umaxLo = shlLo(d.umaxLo, by);
  }
  shiftBounds32Left(d, by);
  shlBits(d, by);
  boundsFromBits(rules, d);
}

/** `<< 32` is how compilers begin to extend the sign of the low half: its signed bounds become those of the upper. */
function signedBoundsOfUpperHalf(rules: ScalarRules, d: Draft): void {
  const keepsSign = rules.shiftBy32KeepsSign;
  const keepsMax = keepsSign || d.s32max >= 0;
  const keepsMin = keepsSign || d.s32min >= 0;
  d.smaxHi = keepsMax ? d.s32max : INT32_MAX;
  d.smaxLo = keepsMax ? 0 : -1;
  d.sminHi = keepsMin ? d.s32min : INT32_MIN;
  d.sminLo = 0;
}

/** scalar32_min_max_lsh */
export function shiftLeft32(d: Draft, by: number): void {
  shiftBounds32Left(d, by);
  clearUpperBits(d);
  shlBits(d, by);
  clearUpperBits(d);
  forgetBounds64(d);
  bounds32FromBits(d);
}

function shiftBounds32Left(d: Draft, by: number): void {
  forgetSigned32(d);
  if (by > 31 || below32(1 << (31 - by), d.u32max)) {
    forgetUnsigned32(d);
  } else {
    d.u32min <<= by;
    d.u32max <<= by;
  }
}

/** scalar_min_max_rsh */
export function shiftRight64(rules: ScalarRules, d: Draft, by: number): void {
  forgetSigned64(d);
  shrBits(d, by);
  d.uminLo = shrLo(d.uminHi, d.uminLo, by, 0);
  d.uminHi = shrHi(d.uminHi, by);
  d.umaxLo = shrLo(d.umaxHi, d.umaxLo, by, 0);
  d.umaxHi = shrHi(d.umaxHi, by);
  forgetBounds32(d);
  boundsFromBits(rules, d);
}

/** scalar32_min_max_rsh */
export function shiftRight32(d: Draft, by: number): void {
  forgetSigned32(d);
  clearUpperBits(d);
  shrBits(d, by);
  d.u32min = (d.u32min >>> by) | 0;
  d.u32max = (d.u32max >>> by) | 0;
  forgetBounds64(d);
  bounds32FromBits(d);
}

/** scalar_min_max_arsh */
export function shiftRightSigned64(rules: ScalarRules, d: Draft, by: number): void {
  d.sminLo = shrLo(d.sminHi, d.sminLo, by, d.sminHi >> 31);
  d.sminHi = sarHi(d.sminHi, by);
  d.smaxLo = shrLo(d.smaxHi, d.smaxLo, by, d.smaxHi >> 31);
  d.smaxHi = sarHi(d.smaxHi, by);
  sarBits(d, by);
  forgetUnsigned64(d);
  forgetBounds32(d);
  boundsFromBits(rules, d);
}

/** scalar32_min_max_arsh */
export function shiftRightSigned32(d: Draft, by: number): void {
  d.s32min >>= by;
  d.s32max >>= by;
  d.valueLo >>= by;
  d.maskLo >>= by;
  clearUpperBits(d);
  forgetUnsigned32(d);
  forgetBounds64(d);
  bounds32FromBits(d);
}
