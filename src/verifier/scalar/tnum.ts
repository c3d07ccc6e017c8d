import type { Draft } from './draft.ts';
import { addHi, sarHi, shlHi, shlLo, shrHi, shrLo, subHi } from './int64.ts';
import type { Scalar } from './scalar.ts';

/**
 * Known bits through operations (kernel/bpf/tnum.c): each function gives the bits of a draft what they are after
 * `draft = draft op src`. The bounds of either play no part.
 */

/** The bits of a draft, and nothing but them. */
function setBits(d: Draft, valueHi: number, valueLo: number, maskHi: number, maskLo: number): void {
  d.valueHi = valueHi;
  d.valueLo = valueLo;
  d.maskHi = maskHi;
  d.maskLo = maskLo;
}

/** tnum_add: what carries may reach is unknown. */
export function addBits(d: Draft, src: Scalar): void {
  const sumLo = (d.valueLo + src.valueLo) | 0;
  const sumHi = addHi(d.valueHi, d.valueLo, src.valueHi, src.valueLo);
  if ((d.maskLo | d.maskHi | src.maskLo | src.maskHi) === 0) {
    setBits(d, sumHi, sumLo, 0, 0);
    return;
  }
  const spanLo = (d.maskLo + src.maskLo) | 0;
  const spanHi = addHi(d.maskHi, d.maskLo, src.maskHi, src.maskLo);
  const maskLo = (((spanLo + sumLo) | 0) ^ sumLo) | d.maskLo | src.maskLo;
  const maskHi = (addHi(spanHi, spanLo, sumHi, sumLo) ^ sumHi) | d.maskHi | src.maskHi;
  setBits(d, sumHi & ~maskHi, sumLo & ~maskLo, maskHi, maskLo);
}

/** tnum_sub: what borrows may reach is unknown. */
export function subBits(d: Draft, src: Scalar): void {
  const lo = (d.valueLo - src.valueLo) | 0;
  const hi = subHi(d.valueHi, d.valueLo, src.valueHi, src.valueLo);
  const mostLo = (lo + d.maskLo) | 0;
  const mostHi = addHi(hi, lo, d.maskHi, d.maskLo);
  const leastLo = (lo - src.maskLo) | 0;
  const leastHi = subHi(hi, lo, src.maskHi, src.maskLo);
  const maskLo = (mostLo ^ leastLo) | d.maskLo | src.maskLo;
  const maskHi = (mostHi ^ leastHi) | d.maskHi | src.maskHi;
  setBits(d, hi & ~maskHi, lo & ~maskLo, maskHi, maskLo);
}

/** tnum_and */
export function andBits(d: Draft, src: Scalar): void {
  const lo = d.valueLo & src.valueLo;
  const hi = d.valueHi & src.valueHi;
  const maskLo = (d.valueLo | d.maskLo) & (src.valueLo | src.maskLo) & ~lo;
  const maskHi = (d.valueHi | d.maskHi) & (src.valueHi | src.maskHi) & ~hi;
  setBits(d, hi, lo, maskHi, maskLo);
}

/** tnum_or */
export function orBits(d: Draft, src: Scalar): void {
  const lo = d.valueLo | src.valueLo;
  const hi = d.valueHi | src.valueHi;
  setBits(d, hi, lo, (d.maskHi | src.maskHi) & ~hi, (d.maskLo | src.maskLo) & ~lo);
}

/** tnum_xor */
export function xorBits(d: Draft, src: Scalar): void {
  const maskLo = d.maskLo | src.maskLo;
  const maskHi = d.maskHi | src.maskHi;
  setBits(d, (d.valueHi ^ src.valueHi) & ~maskHi, (d.valueLo ^ src.valueLo) & ~maskLo, maskHi, maskLo);
}

/** tnum_lshift by 0 to 63 */
export function shlBits(d: Draft, by: number): void {
  setBits(d, shlHi(d.valueHi, d.valueLo, by), shlLo(d.valueLo, by), shlHi(d.maskHi, d.maskLo, by), shlLo(d.maskLo, by));
}

/** tnum_rshift by 0 to 63 */
export function shrBits(d: Draft, by: number): void {
  setBits(
    d,
    shrHi(d.valueHi, by),
    shrLo(d.valueHi, d.valueLo, by, 0),
    shrHi(d.maskHi, by),
    shrLo(d.maskHi, d.maskLo, by, 0),
  );
}

/** tnum_arshift of 64 bits by 0 to 63 */
export function sarBits(d: Draft, by: number): void {
  setBits(
    d,
    sarHi(d.valueHi, by),
    shrLo(d.valueHi, d.valueLo, by, d.valueHi >> 31),
    sarHi(d.maskHi, by),
    shrLo(d.maskHi, d.maskLo, by, d.maskHi >> 31),
  );
}

/** tnum_subreg: the upper half is known to be zero. */
export function clearUpperBits(d: Draft): void {
  d.valueHi = 0;
  d.maskHi = 0;
}

/** tnum_intersect: a bit is known when either knows it; where they contradict each other it is 1. */
export function intersectBits(d: Draft, src: Scalar): void {
  const maskLo = d.maskLo & src.maskLo;
  const maskHi = d.maskHi & src.maskHi;
  setBits(d, (d.valueHi | src.valueHi) & ~maskHi, (d.valueLo | src.valueLo) & ~maskLo, maskHi, maskLo);
}
