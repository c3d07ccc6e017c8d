import { createDraft, type Draft } from './draft.ts';
import { addHi, mulHi } from './int64.ts';
import type { ScalarRules } from './rules.ts';
import type { Scalar } from './scalar.ts';
import { addBits, shlBits } from './tnum.ts';

/** The known bits of a product (tnum_mul). */
export function mulBits(rules: ScalarRules, d: Draft, src: Scalar): void {
  if (rules.mulByUnion) mulByUnion(d, src);
  else mulBySum(d, src);
}

/**
 * From v5.14 to v6.17: the product of the values, plus what is unknown of the product of each bit of the draft with
 * `src`, added up as if nothing of it were known.
 */
function mulBySum(d: Draft, src: Scalar): void {
  const productLo = Math.imul(d.valueLo, src.valueLo);
  const productHi = mulHi(d.valueHi, d.valueLo, src.valueHi, src.valueLo);
  let { valueLo: aValueLo, valueHi: aValueHi, maskLo: aMaskLo, maskHi: aMaskHi } = d;
  let { valueLo: bValueLo, valueHi: bValueHi, maskLo: bMaskLo, maskHi: bMaskHi } = src;
  let lo = 0;
  let hi = 0;
  while ((aValueLo | aValueHi | aMaskLo | aMaskHi) !== 0) {
    const known = (aValueLo & 1) !== 0;
    if (known || (aMaskLo & 1) !== 0) {
      const partLo = known ? bMaskLo : bValueLo | bMaskLo;
      const partHi = known ? bMaskHi : bValueHi | bMaskHi;
      // tnum_add of two numbers without a known bit
      const sumLo = (lo + partLo) | 0;
      const sumHi = addHi(hi, lo, partHi, partLo);
      lo |= partLo | sumLo;
      hi |= partHi | sumHi;
    }
    aValueLo = (aValueLo >>> 1) | (aValueHi << 31);
    aValueHi >>>= 1;
    aMaskLo = (aMaskLo >>> 1) | (aMaskHi << 31);
    aMaskHi >>>= 1;
    bValueHi = (bValueHi << 1) | (bValueLo >>> 31);
    bValueLo <<= 1;
    bMaskHi = (bMaskHi << 1) | (bMaskLo >>> 31);
    bMaskLo <<= 1;
  }
  d.maskLo = (((productLo + lo) | 0) ^ productLo) | lo;
  d.maskHi = (addHi(productHi, productLo, hi, lo) ^ productHi) | hi;
  d.valueLo = productLo & ~d.maskLo;
  d.valueHi = productHi & ~d.maskHi;
}

const sum = createDraft();
const withBit = createDraft();
const shifted = createDraft();

/** Since v6.18: long multiplication, in which an unknown bit gives the union of the sums with and without it. */
function mulByUnion(d: Draft, src: Scalar): void {
  copyBits(shifted, src);
  sum.valueLo = sum.valueHi = sum.maskLo = sum.maskHi = 0;
  let { valueLo, valueHi, maskLo, maskHi } = d;
  while ((valueLo | valueHi | maskLo | maskHi) !== 0) {
    if ((valueLo & 1) !== 0) {
      addBits(sum, shifted);
    } else if ((maskLo & 1) !== 0) {
      copyBits(withBit, sum);
      addBits(withBit, shifted);
      uniteBits(sum, withBit);
    }
    valueLo = (valueLo >>> 1) | (valueHi << 31);
    valueHi >>>= 1;
    maskLo = (maskLo >>> 1) | (maskHi << 31);
    maskHi >>>= 1;
    shlBits(shifted, 1);
  }
  copyBits(d, sum);
}

function copyBits(d: Draft, from: Scalar): void {
  d.valueLo = from.valueLo;
  d.valueHi = from.valueHi;
  d.maskLo = from.maskLo;
  d.maskHi = from.maskHi;
}

/** What is known to be the same of both (tnum_union). */
function uniteBits(d: Draft, other: Scalar): void {
  d.maskLo |= other.maskLo | (d.valueLo ^ other.valueLo);
  d.maskHi |= other.maskHi | (d.valueHi ^ other.valueHi);
  d.valueLo &= other.valueLo & ~d.maskLo;
  d.valueHi &= other.valueHi & ~d.maskHi;
}
