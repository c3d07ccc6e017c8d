import {
  forgetBounds32,
  forgetBounds64,
  forgetSigned32,
  forgetSigned64,
  forgetUnsigned32,
  forgetUnsigned64,
} from './forget.ts';
import type { Draft } from './draft.ts';
import { less, mulHi, mulHi32 } from './int64.ts';
import { signedProductOverflows, unsignedProductOverflows } from './mul-overflow.ts';
import type { ScalarRules } from './rules.ts';
import type { Scalar } from './scalar.ts';

/** The bounds of a product, of 32 bits and of 64 (scalar32_min_max_mul, scalar_min_max_mul). */
export function mulBounds(rules: ScalarRules, d: Draft, src: Scalar): void {
  if (rules.mulMayBeSigned) {
    unsignedProduct32(d, src);
    signedProduct32(d, src);
    unsignedProduct64(d, src);
    signedProduct64(d, src);
  } else {
    mulBounds32(d, src);
    mulBounds64(d, src);
  }
}

/** The 32-bit bounds of a product, known when nothing is negative or beyond 16 bits (up to v6.13). */
function mulBounds32(d: Draft, src: Scalar): void {
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

/** The 64-bit bounds of a product, known when nothing is negative or beyond 32 bits (up to v6.13). */
function mulBounds64(d: Draft, src: Scalar): void {
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

function unsignedProduct32(d: Draft, src: Scalar): void {
  if (mulHi32(d.u32max, src.u32max) !== 0 || mulHi32(d.u32min, src.u32min) !== 0) {
    forgetUnsigned32(d);
    return;
  }
  d.u32min = Math.imul(d.u32min, src.u32min);
  d.u32max = Math.imul(d.u32max, src.u32max);
}

/** The signed bounds are the least and the most of the four products of ends. Doubles hold them well enough to compare. */
function signedProduct32(d: Draft, src: Scalar): void {
  const products = [d.s32min * src.s32min, d.s32min * src.s32max, d.s32max * src.s32min, d.s32max * src.s32max];
  const min = Math.min(...products);
  const max = Math.max(...products);
  if (min !== (min | 0) || max !== (max | 0)) {
    forgetSigned32(d);
    return;
  }
  d.s32min = min | 0;
  d.s32max = max | 0;
}

function unsignedProduct64(d: Draft, src: Scalar): void {
  if (
    unsignedProductOverflows(d.umaxHi, d.umaxLo, src.umaxHi, src.umaxLo) ||
    unsignedProductOverflows(d.uminHi, d.uminLo, src.uminHi, src.uminLo)
  ) {
    forgetUnsigned64(d);
    return;
  }
  d.uminHi = mulHi(d.uminHi, d.uminLo, src.uminHi, src.uminLo);
  d.uminLo = Math.imul(d.uminLo, src.uminLo);
  d.umaxHi = mulHi(d.umaxHi, d.umaxLo, src.umaxHi, src.umaxLo);
  d.umaxLo = Math.imul(d.umaxLo, src.umaxLo);
}

function signedProduct64(d: Draft, src: Scalar): void {
  const { sminHi, sminLo, smaxHi, smaxLo } = d;
  if (
    signedProductOverflows(sminHi, sminLo, src.sminHi, src.sminLo) ||
    signedProductOverflows(sminHi, sminLo, src.smaxHi, src.smaxLo) ||
    signedProductOverflows(smaxHi, smaxLo, src.sminHi, src.sminLo) ||
    signedProductOverflows(smaxHi, smaxLo, src.smaxHi, src.smaxLo)
  ) {
    forgetSigned64(d);
    return;
  }
  d.sminHi = d.smaxHi = mulHi(sminHi, sminLo, src.sminHi, src.sminLo);
  d.sminLo = d.smaxLo = Math.imul(sminLo, src.sminLo);
  widenSigned(d, mulHi(sminHi, sminLo, src.smaxHi, src.smaxLo), Math.imul(sminLo, src.smaxLo));
  widenSigned(d, mulHi(smaxHi, smaxLo, src.sminHi, src.sminLo), Math.imul(smaxLo, src.sminLo));
  widenSigned(d, mulHi(smaxHi, smaxLo, src.smaxHi, src.smaxLo), Math.imul(smaxLo, src.smaxLo));
}

function widenSigned(d: Draft, hi: number, lo: number): void {
  if (less(hi, lo, d.sminHi, d.sminLo)) {
    d.sminHi = hi;
    d.sminLo = lo;
  }
  if (less(d.smaxHi, d.smaxLo, hi, lo)) {
    d.smaxHi = hi;
    d.smaxLo = lo;
  }
}
