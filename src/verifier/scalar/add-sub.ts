import { forgetSigned32, forgetSigned64, forgetUnsigned32, forgetUnsigned64 } from './forget.ts';
import type { Draft } from './draft.ts';
import { addHi, below, below32, subHi } from './int64.ts';
import type { Scalar } from './scalar.ts';

/**
 * The 32-bit bounds of a sum: either pair is lost if an end of it may overflow (scalar32_min_max_add).
 *
 * @param both whether unsigned bounds are kept if both ends overflow
 */
export function addBounds32(d: Draft, src: Scalar, both: boolean): void {
  const smin = d.s32min + src.s32min;
  const smax = d.s32max + src.s32max;
  if (smin !== (smin | 0) || smax !== (smax | 0)) {
    forgetSigned32(d);
  } else {
    d.s32min = smin;
    d.s32max = smax;
  }
  const umin = (d.u32min >>> 0) + (src.u32min >>> 0);
  const umax = (d.u32max >>> 0) + (src.u32max >>> 0);
  if (isLost(umin > 0xffffffff, umax > 0xffffffff, both)) {
    forgetUnsigned32(d);
  } else {
    d.u32min = umin | 0;
    d.u32max = umax | 0;
  }
}

/** The 64-bit bounds of a sum (scalar_min_max_add). */
export function addBounds64(d: Draft, src: Scalar, both: boolean): void {
  const sminHi = addHi(d.sminHi, d.sminLo, src.sminHi, src.sminLo);
  const smaxHi = addHi(d.smaxHi, d.smaxLo, src.smaxHi, src.smaxLo);
  if (signedSumOverflows(d.sminHi, src.sminHi, sminHi) || signedSumOverflows(d.smaxHi, src.smaxHi, smaxHi)) {
    forgetSigned64(d);
  } else {
    d.sminHi = sminHi;
    d.sminLo = (d.sminLo + src.sminLo) | 0;
    d.smaxHi = smaxHi;
    d.smaxLo = (d.smaxLo + src.smaxLo) | 0;
  }
  const uminLo = (d.uminLo + src.uminLo) | 0;
  const uminHi = addHi(d.uminHi, d.uminLo, src.uminHi, src.uminLo);
  const umaxLo = (d.umaxLo + src.umaxLo) | 0;
  const umaxHi = addHi(d.umaxHi, d.umaxLo, src.umaxHi, src.umaxLo);
  const minOverflows = below(uminHi, uminLo, src.uminHi, src.uminLo);
  const maxOverflows = below(umaxHi, umaxLo, src.umaxHi, src.umaxLo);
  if (isLost(minOverflows, maxOverflows, both)) {
    forgetUnsigned64(d);
  } else {
    d.uminHi = uminHi;
    d.uminLo = uminLo;
    d.umaxHi = umaxHi;
    d.umaxLo = umaxLo;
  }
}

/** The 32-bit bounds of a difference (scalar32_min_max_sub). */
export function subBounds32(d: Draft, src: Scalar, both: boolean): void {
  const smin = d.s32min - src.s32max;
  const smax = d.s32max - src.s32min;
  if (smin !== (smin | 0) || smax !== (smax | 0)) {
    forgetSigned32(d);
  } else {
    d.s32min = smin;
    d.s32max = smax;
  }
  if (below32(d.u32min, src.u32max) && !(both && below32(d.u32max, src.u32min))) {
    forgetUnsigned32(d);
  } else {
    d.u32min = (d.u32min - src.u32max) | 0;
    d.u32max = (d.u32max - src.u32min) | 0;
  }
}

/** The 64-bit bounds of a difference (scalar_min_max_sub). */
export function subBounds64(d: Draft, src: Scalar, both: boolean): void {
  const sminHi = subHi(d.sminHi, d.sminLo, src.smaxHi, src.smaxLo);
  const smaxHi = subHi(d.smaxHi, d.smaxLo, src.sminHi, src.sminLo);
  if (
    signedDifferenceOverflows(d.sminHi, src.smaxHi, sminHi) ||
    signedDifferenceOverflows(d.smaxHi, src.sminHi, smaxHi)
  ) {
    forgetSigned64(d);
  } else {
    d.sminHi = sminHi;
    d.sminLo = (d.sminLo - src.smaxLo) | 0;
    d.smaxHi = smaxHi;
    d.smaxLo = (d.smaxLo - src.sminLo) | 0;
  }
  const minUnderflows = below(d.uminHi, d.uminLo, src.umaxHi, src.umaxLo);
  const maxUnderflows = below(d.umaxHi, d.umaxLo, src.uminHi, src.uminLo);
  if (minUnderflows && !(both && maxUnderflows)) {
    forgetUnsigned64(d);
  } else {
    d.uminHi = subHi(d.uminHi, d.uminLo, src.umaxHi, src.umaxLo);
    d.uminLo = (d.uminLo - src.umaxLo) | 0;
    d.umaxHi = subHi(d.umaxHi, d.umaxLo, src.uminHi, src.uminLo);
    d.umaxLo = (d.umaxLo - src.uminLo) | 0;
  }
}

/** Whether unsigned bounds of a sum say nothing. Bounds that contradict each other may overflow at the minimum alone. */
function isLost(minOverflows: boolean, maxOverflows: boolean, both: boolean): boolean {
  return both ? maxOverflows && !minOverflows : minOverflows || maxOverflows;
}

/** Whether a sum of two numbers of one sign has the other. Only the upper halves count. */
function signedSumOverflows(a: number, b: number, sum: number): boolean {
  return ((a ^ sum) & (b ^ sum)) < 0;
}

/** Whether a difference of two numbers of different signs has not the sign of the first. */
function signedDifferenceOverflows(a: number, b: number, difference: number): boolean {
  return ((a ^ b) & (a ^ difference)) < 0;
}
