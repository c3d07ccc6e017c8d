import { forgetBounds32, forgetBounds64, forgetSigned32, forgetSigned64 } from './bounds.ts';
import type { Draft } from './draft.ts';
import { mulHi, mulHi32 } from './int64.ts';
import type { Scalar } from './scalar.ts';

/** The 32-bit bounds of a product, known when nothing is negative or beyond 16 bits (scalar32_min_max_mul). */
export function mulBounds32(d: Draft, src: Scalar): void {
  if (src.s32min < 0 || d.s32min < 0 || src.u32max >>> 0 > 0xffff || d.u32max >>> 0 > 0xffff) {
    forgetBounds32(d);
    return;
  }
  d.u32min = Math.imul(d.u32min, src.u32min);
  d.u32max = Math.imul(d.u32max, src.u32max);
  if (d.u32max < 0) {
    forgetSigned32(d);
  } else {
    d.s32min = d.u32min;
    d.s32max = d.u32max;
  }
}

/** The 64-bit bounds of a product, known when nothing is negative or beyond 32 bits (scalar_min_max_mul). */
export function mulBounds64(d: Draft, src: Scalar): void {
  if (src.sminHi < 0 || d.sminHi < 0 || src.umaxHi !== 0 || d.umaxHi !== 0) {
    forgetBounds64(d);
    return;
  }
  // On a branch that can't be reached a minimum may be beyond its maximum, and so beyond 32 bits.
  d.uminHi = mulHi(d.uminHi, d.uminLo, src.uminHi, src.uminLo);
  d.uminLo = Math.imul(d.uminLo, src.uminLo);
  d.umaxHi = mulHi32(d.umaxLo, src.umaxLo);
  d.umaxLo = Math.imul(d.umaxLo, src.umaxLo);
  if (d.umaxHi < 0) {
    forgetSigned64(d);
  } else {
    d.sminHi = d.uminHi;
    d.sminLo = d.uminLo;
    d.smaxHi = d.umaxHi;
    d.smaxLo = d.umaxLo;
  }
}
