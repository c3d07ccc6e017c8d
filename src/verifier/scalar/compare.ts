import type { Scalar } from './scalar.ts';

/** Whether everything that `cur` may be was looked at with `old` (range_within and tnum_in, for pruning). */
export function within(old: Scalar, cur: Scalar): boolean {
  return rangeWithin(old, cur) && bitsWithin(old, cur);
}

/** Whether the bounds of `old` hold those of `cur` (range_within). */
export function rangeWithin(old: Scalar, cur: Scalar): boolean {
  return (
    !unsignedAbove(old.uminHi, old.uminLo, cur.uminHi, cur.uminLo) &&
    !unsignedAbove(cur.umaxHi, cur.umaxLo, old.umaxHi, old.umaxLo) &&
    !signedAbove(old.sminHi, old.sminLo, cur.sminHi, cur.sminLo) &&
    !signedAbove(cur.smaxHi, cur.smaxLo, old.smaxHi, old.smaxLo) &&
    old.u32min >>> 0 <= cur.u32min >>> 0 &&
    old.u32max >>> 0 >= cur.u32max >>> 0 &&
    old.s32min <= cur.s32min &&
    old.s32max >= cur.s32max
  );
}

/** Whether the bits that `old` knows are known to `cur` too, and the same (tnum_in). */
export function bitsWithin(old: Scalar, cur: Scalar): boolean {
  return (
    ((cur.maskLo & ~old.maskLo) | (cur.maskHi & ~old.maskHi)) === 0 &&
    (cur.valueLo & ~old.maskLo) === old.valueLo &&
    (cur.valueHi & ~old.maskHi) === old.valueHi
  );
}

/** Whether the variable part plus a fixed offset is a multiple of `size`, a power of two (tnum_is_aligned). */
export function isAligned(s: Scalar, offset: number, size: number): boolean {
  void offset;
  return size === 0 || ((s.valueLo | s.maskLo) & (size - 1)) === 0;
}

function unsignedAbove(aHi: number, aLo: number, bHi: number, bLo: number): boolean {
  return aHi === bHi ? aLo >>> 0 > bLo >>> 0 : aHi >>> 0 > bHi >>> 0;
}

function signedAbove(aHi: number, aLo: number, bHi: number, bLo: number): boolean {
  return aHi === bHi ? aLo >>> 0 > bLo >>> 0 : aHi > bHi;
}
