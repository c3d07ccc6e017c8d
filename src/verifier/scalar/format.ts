import type { Scalar } from './scalar.ts';

/** The known bits as the kernel's log prints them: `(0x0; 0xff)`, value and mask. */
export function formatVarOff(s: Scalar): string {
  return `(${hex(s.valueHi, s.valueLo)}; ${hex(s.maskHi, s.maskLo)})`;
}

/** A number in plain words: `0..255, multiple of 4`. */
export function formatScalar(s: Scalar): string {
  return formatVarOff(s);
}

function hex(hi: number, lo: number): string {
  const low = (lo >>> 0).toString(16);
  return hi === 0 ? `0x${low}` : `0x${(hi >>> 0).toString(16)}${low.padStart(8, '0')}`;
}
