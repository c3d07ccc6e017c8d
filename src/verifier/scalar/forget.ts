import { INT32_MAX, INT32_MIN, type Draft } from './draft.ts';

/** No bounds at all (__mark_reg_unbounded). */
export function forgetBounds(d: Draft): void {
  forgetBounds64(d);
  forgetBounds32(d);
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

/** Nothing known of the bits (tnum_unknown). */
export function forgetBits(d: Draft): void {
  d.valueHi = d.valueLo = 0;
  d.maskHi = d.maskLo = -1;
}
