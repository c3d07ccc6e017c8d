import { isConstant, type Scalar } from './scalar.ts';

/**
 * A number in plain words: `7`, `0..255, multiple of 4`, `-4095..0`, `any number`. The bounds are the unsigned ones where
 * these say more.
 */
export function formatScalar(s: Scalar): string {
  if (isConstant(s)) return String(signed(s.valueHi, s.valueLo));
  const range = formatRange(s);
  const step = knownStep(s);
  return step === 1n ? range : `${range}, multiple of ${String(step)}`;
}

function formatRange(s: Scalar): string {
  const smin = signed(s.sminHi, s.sminLo);
  const smax = signed(s.smaxHi, s.smaxLo);
  const umin = unsigned(s.uminHi, s.uminLo);
  const umax = unsigned(s.umaxHi, s.umaxLo);
  const anySigned = smax - smin === MAX;
  const anyUnsigned = umax - umin === MAX;
  if (anySigned && anyUnsigned) return 'any number';
  return umax - umin < smax - smin ? `${String(umin)}..${String(umax)}` : `${String(smin)}..${String(smax)}`;
}

const MAX = 0xffff_ffff_ffff_ffffn;

/** The largest power of two of which the number is known to be a multiple. */
function knownStep(s: Scalar): bigint {
  const maybeSet = unsigned(s.valueHi | s.maskHi, s.valueLo | s.maskLo);
  return maybeSet & -maybeSet;
}

function signed(hi: number, lo: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}

function unsigned(hi: number, lo: number): bigint {
  return BigInt.asUintN(64, signed(hi, lo));
}
