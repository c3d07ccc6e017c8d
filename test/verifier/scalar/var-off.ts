import type { Scalar } from '../../../src/verifier/scalar/scalar.ts';

/** The known bits as the kernel's log prints them: `(0x0; 0xff)`, value and mask. */
export function formatVarOff(s: Scalar): string {
  return `(${hex(s.valueHi, s.valueLo)}; ${hex(s.maskHi, s.maskLo)})`;
}

function hex(hi: number, lo: number): string {
  const value = (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
  return `0x${value.toString(16)}`;
}
