import { mulHi, mulHi32 } from './int64.ts';

/** Whether the product of two unsigned numbers takes more than 64 bits. */
export function unsignedProductOverflows(aHi: number, aLo: number, bHi: number, bLo: number): boolean {
  if (aHi === 0 && bHi === 0) return false;
  if (aHi !== 0 && bHi !== 0) return true;
  const [hi, crossLo, otherLo] = aHi === 0 ? [bHi, aLo, bLo] : [aHi, bLo, aLo];
  if (mulHi32(hi, crossLo) !== 0) return true;
  return (Math.imul(hi, crossLo) >>> 0) + (mulHi32(crossLo, otherLo) >>> 0) > 0xffffffff;
}

/** Whether the product of two signed numbers takes more than 64 bits. */
export function signedProductOverflows(aHi: number, aLo: number, bHi: number, bLo: number): boolean {
  const isNegative = (aHi ^ bHi) < 0;
  const [amountHi, amountLo] = amount(aHi, aLo);
  const [byHi, byLo] = amount(bHi, bLo);
  if (unsignedProductOverflows(amountHi, amountLo, byHi, byLo)) return true;
  const hi = mulHi(amountHi, amountLo, byHi, byLo);
  if (hi >= 0) return false;
  return !isNegative || hi !== -0x80000000 || Math.imul(amountLo, byLo) !== 0;
}

/** A number without its sign: unsigned, so that the least has one too. */
function amount(hi: number, lo: number): readonly [number, number] {
  if (hi >= 0) return [hi, lo];
  return lo === 0 ? [-hi | 0, 0] : [~hi, -lo | 0];
}
