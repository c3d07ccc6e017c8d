import { below, less } from './int64.ts';
import type { Scalar } from './scalar.ts';

/** Whether everything that `cur` may be was looked at with `old` (range_within and tnum_in, for pruning). */
export function within(old: Scalar, cur: Scalar): boolean {
  return rangeWithin(old, cur) && bitsWithin(old, cur);
}

/** Whether the bounds of `old` hold those of `cur` (range_within). */
export function rangeWithin(old: Scalar, cur: Scalar): boolean {
  return (
    !below(cur.uminHi, cur.uminLo, old.uminHi, old.uminLo) &&
    !below(old.umaxHi, old.umaxLo, cur.umaxHi, cur.umaxLo) &&
    !less(cur.sminHi, cur.sminLo, old.sminHi, old.sminLo) &&
    !less(old.smaxHi, old.smaxLo, cur.smaxHi, cur.smaxLo) &&
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

/**
 * Whether the variable part plus a fixed offset is known to be a multiple of `size` (tnum_is_aligned of a tnum_add).
 *
 * @param size a power of two up to 2^31, or 0, of which everything is a multiple
 */
export function isAligned(s: Scalar, offset: number, size: number): boolean {
  const sum = (s.valueLo + offset) | 0;
  const unknown = (((s.maskLo + sum) | 0) ^ sum) | s.maskLo;
  return size === 0 || ((sum | unknown) & (size - 1)) === 0;
}
