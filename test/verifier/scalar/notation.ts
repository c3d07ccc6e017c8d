import type { Scalar } from '../../../src/verifier/scalar/scalar.ts';
import { constantOf, signed, unsigned } from './concrete.ts';

/**
 * Scalars as text, every field of them:
 * `bits 0/ff s 0..255 u 0..255 s32 0..255 u32 0..255`, known bits and their mask in hexadecimal; a constant is its value.
 */

export function write(s: Scalar): string {
  const value = signed(s.valueHi, s.valueLo);
  const all = [
    `bits ${unsigned(s.valueHi, s.valueLo).toString(16)}/${unsigned(s.maskHi, s.maskLo).toString(16)}`,
    `s ${String(signed(s.sminHi, s.sminLo))}..${String(signed(s.smaxHi, s.smaxLo))}`,
    `u ${String(unsigned(s.uminHi, s.uminLo))}..${String(unsigned(s.umaxHi, s.umaxLo))}`,
    `s32 ${s.s32min}..${s.s32max}`,
    `u32 ${s.u32min >>> 0}..${s.u32max >>> 0}`,
  ].join(' ');
  if ((s.maskLo | s.maskHi) !== 0) return all;
  const plain = constantOf(value);
  return Object.entries(plain).every(([field, number]) => s[field as keyof Scalar] === number) ? String(value) : all;
}

const PATTERN =
  /^bits ([0-9a-f]+)\/([0-9a-f]+) s (-?\d+)\.\.(-?\d+) u (\d+)\.\.(\d+) s32 (-?\d+)\.\.(-?\d+) u32 (\d+)\.\.(\d+)$/;

/** @throws Error if it is no scalar */
export function read(text: string): Scalar {
  if (/^-?\d+$/.test(text)) return constantOf(BigInt(text));
  const match = PATTERN.exec(text);
  if (match === null) throw new Error(`${text} is no scalar`);
  const [value, mask, smin, smax, umin, umax, s32min, s32max, u32min, u32max] = match
    .slice(1)
    .map((field, i) => BigInt(i < 2 ? `0x${field}` : field));
  const lo = (n: bigint | undefined): number => Number(BigInt.asIntN(32, n ?? 0n));
  const hi = (n: bigint | undefined): number => Number(BigInt.asIntN(32, (n ?? 0n) >> 32n));
  return {
    valueLo: lo(value),
    valueHi: hi(value),
    maskLo: lo(mask),
    maskHi: hi(mask),
    sminLo: lo(smin),
    sminHi: hi(smin),
    smaxLo: lo(smax),
    smaxHi: hi(smax),
    uminLo: lo(umin),
    uminHi: hi(umin),
    umaxLo: lo(umax),
    umaxHi: hi(umax),
    s32min: lo(s32min),
    s32max: lo(s32max),
    u32min: lo(u32min),
    u32max: lo(u32max),
  };
}
