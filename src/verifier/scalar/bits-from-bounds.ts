import type { Draft } from './draft.ts';
import type { ScalarRules } from './rules.ts';

/** Known bits from the unsigned bounds: those that both ends have in common at the top (__reg_bound_offset). */
export function bitsFromBounds(rules: ScalarRules, d: Draft): void {
  const freeHi = differing(d.uminHi ^ d.umaxHi);
  if (freeHi >= 0) {
    learnHighBits(d, d.uminHi, freeHi);
    if (freeHi === 0 && rules.subregLearnsFrom64) learnLowBits(d, d.uminLo, differing(d.uminLo ^ d.umaxLo));
  }
  learnLowBits(d, d.u32min, differing(d.u32min ^ d.u32max));
}

/** Known bits from one 64-bit range (tnum_intersect with tnum_range). */
export function learnBits(d: Draft, minHi: number, minLo: number, maxHi: number, maxLo: number): void {
  const freeHi = differing(minHi ^ maxHi);
  if (freeHi < 0) return;
  learnHighBits(d, minHi, freeHi);
  if (freeHi === 0) learnLowBits(d, minLo, differing(minLo ^ maxLo));
}

/** The bits are those of a range, whatever they were (tnum_range). */
export function setBitsToRange(d: Draft, minHi: number, minLo: number, maxHi: number, maxLo: number): void {
  d.valueHi = d.valueLo = 0;
  d.maskHi = d.maskLo = -1;
  learnBits(d, minHi, minLo, maxHi, maxLo);
}

/** A half agrees with `value` but for the bits that are free. */
function learnHighBits(d: Draft, value: number, free: number): void {
  d.maskHi &= free;
  d.valueHi = (d.valueHi | (value & ~free)) & ~d.maskHi;
}

function learnLowBits(d: Draft, value: number, free: number): void {
  d.maskLo &= free;
  d.valueLo = (d.valueLo | (value & ~free)) & ~d.maskLo;
}

/** From the highest bit that is set down to the lowest, all bits: those in which two bounds may differ. */
function differing(bits: number): number {
  return bits === 0 ? 0 : (-1 >>> Math.clz32(bits)) | 0;
}
