import { equalScalars, UNKNOWN, type Scalar } from './scalar.ts';

/**
 * A scalar in the making. The functions that compute take a draft, change it in the order in which the kernel changes a
 * register, and seal it; nobody outside sees one.
 */
export type Draft = { -readonly [Field in keyof Scalar]: number };

export const INT32_MIN = -0x80000000;
export const INT32_MAX = 0x7fffffff;

/** A draft to be reused: what it holds is lost at the next `load`. */
export function createDraft(): Draft {
  return copyOf(UNKNOWN);
}

/** Fills a draft with what is known. */
export function load(d: Draft, s: Scalar): Draft {
  d.valueLo = s.valueLo;
  d.valueHi = s.valueHi;
  d.maskLo = s.maskLo;
  d.maskHi = s.maskHi;
  d.sminLo = s.sminLo;
  d.sminHi = s.sminHi;
  d.smaxLo = s.smaxLo;
  d.smaxHi = s.smaxHi;
  d.uminLo = s.uminLo;
  d.uminHi = s.uminHi;
  d.umaxLo = s.umaxLo;
  d.umaxHi = s.umaxHi;
  d.s32min = s.s32min;
  d.s32max = s.s32max;
  d.u32min = s.u32min;
  d.u32max = s.u32max;
  return d;
}

/** A draft becomes a 64-bit constant (___mark_reg_known). */
export function setConstant(d: Draft, hi: number, lo: number): void {
  d.valueHi = d.sminHi = d.smaxHi = d.uminHi = d.umaxHi = hi;
  d.sminLo = d.smaxLo = d.uminLo = d.umaxLo = lo;
  d.maskHi = 0;
  setConstant32(d, lo);
}

/** The low half of a draft becomes a constant; its 64-bit bounds stay what they are (__mark_reg32_known). */
export function setConstant32(d: Draft, lo: number): void {
  d.valueLo = d.s32min = d.s32max = d.u32min = d.u32max = lo;
  d.maskLo = 0;
}

/**
 * What a draft came to, as a value. Nothing is made anew when it came to what is there already.
 *
 * @param before what the draft was loaded with
 */
export function seal(d: Draft, before: Scalar): Scalar {
  if (equalScalars(d, before)) return before;
  if ((d.maskLo & d.maskHi) === -1 && equalScalars(d, UNKNOWN)) return UNKNOWN;
  return copyOf(d);
}

function copyOf(s: Scalar): Draft {
  return {
    valueLo: s.valueLo,
    valueHi: s.valueHi,
    maskLo: s.maskLo,
    maskHi: s.maskHi,
    sminLo: s.sminLo,
    sminHi: s.sminHi,
    smaxLo: s.smaxLo,
    smaxHi: s.smaxHi,
    uminLo: s.uminLo,
    uminHi: s.uminHi,
    umaxLo: s.umaxLo,
    umaxHi: s.umaxHi,
    s32min: s.s32min,
    s32max: s.s32max,
    u32min: s.u32min,
    u32max: s.u32max,
  };
}
