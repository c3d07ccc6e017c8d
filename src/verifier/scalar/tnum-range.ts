import type { Scalar } from './scalar.ts';

/**
 * Whether what is known of a number's bits puts it into a small range: tnum_in(tnum_range(min, max), …),
 * kernel/bpf/tnum.c. The range is widened to whole bits, as there: 1 to 3 takes 0 too.
 *
 * @param min from 0 to `max`
 * @param max less than 2^31
 */
export function inRange({ valueLo, valueHi, maskLo, maskHi }: Scalar, min: number, max: number): boolean {
  const bits = 32 - Math.clz32(min ^ max);
  const free = bits === 0 ? 0 : 2 ** bits - 1;
  return maskHi === 0 && (maskLo & ~free) === 0 && valueHi === 0 && (valueLo & ~free) === (min & ~free);
}
