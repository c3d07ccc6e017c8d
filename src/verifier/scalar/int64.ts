/** 64-bit arithmetic on two int32 halves. What gives a number gives one half of it. */

/** a < b, unsigned. */
export function below(aHi: number, aLo: number, bHi: number, bLo: number): boolean {
  return aHi === bHi ? aLo >>> 0 < bLo >>> 0 : aHi >>> 0 < bHi >>> 0;
}

/** a < b, signed. */
export function less(aHi: number, aLo: number, bHi: number, bLo: number): boolean {
  return aHi === bHi ? aLo >>> 0 < bLo >>> 0 : aHi < bHi;
}

/** a < b, both 32 bits and unsigned. */
export function below32(a: number, b: number): boolean {
  return a >>> 0 < b >>> 0;
}

/** The upper half of a + b. */
export function addHi(aHi: number, aLo: number, bHi: number, bLo: number): number {
  const carry = (aLo >>> 0) + (bLo >>> 0) > 0xffffffff ? 1 : 0;
  return (aHi + bHi + carry) | 0;
}

/** The upper half of a - b. */
export function subHi(aHi: number, aLo: number, bHi: number, bLo: number): number {
  const borrow = aLo >>> 0 < bLo >>> 0 ? 1 : 0;
  return (aHi - bHi - borrow) | 0;
}

/** The upper half of the product of two 32-bit unsigned numbers. */
export function mulHi32(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16);
  const middle2 = a0 * b1 + (middle % 0x10000);
  return (a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(middle2 / 0x10000)) | 0;
}

/** The upper half of a * b; the lower is `Math.imul(aLo, bLo)`. */
export function mulHi(aHi: number, aLo: number, bHi: number, bLo: number): number {
  return (mulHi32(aLo, bLo) + Math.imul(aHi, bLo) + Math.imul(aLo, bHi)) | 0;
}

/** The lower half of a shift to the left by 0 to 63. */
export function shlLo(lo: number, by: number): number {
  return by < 32 ? lo << by : 0;
}

/** The upper half of a shift to the left by 0 to 63. */
export function shlHi(hi: number, lo: number, by: number): number {
  if (by >= 32) return lo << (by - 32);
  return by === 0 ? hi : (hi << by) | (lo >>> (32 - by));
}

/** The lower half of a shift to the right by 0 to 63, signed or unsigned: `fill` is what comes after the upper half. */
export function shrLo(hi: number, lo: number, by: number, fill: number): number {
  if (by === 0) return lo;
  if (by < 32) return (lo >>> by) | (hi << (32 - by));
  return by === 32 ? hi : (hi >>> (by - 32)) | (fill << (64 - by));
}

/** The upper half of an unsigned shift to the right by 0 to 63. */
export function shrHi(hi: number, by: number): number {
  return by < 32 ? (hi >>> by) | 0 : 0;
}

/** The upper half of a signed shift to the right by 0 to 63. */
export function sarHi(hi: number, by: number): number {
  return by < 32 ? hi >> by : hi >> 31;
}
