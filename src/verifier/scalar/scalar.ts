/**
 * What the verifier knows about a 64-bit number, in the four views that struct bpf_reg_state keeps (v5.19,
 * include/linux/bpf_verifier.h): known bits (var_off), and bounds signed and unsigned, of all 64 bits and of the low 32.
 *
 * Every field is an int32: 64-bit numbers are two halves, and unsigned bounds are stored by their bit pattern. That keeps
 * each field a small integer, which is what makes a copy cheap. A bit of the value that is set in the mask is unknown and
 * is zero in `value`. The bounds may contradict each other on branches that can't be reached, exactly as in the kernel.
 */
export interface Scalar {
  readonly valueLo: number;
  readonly valueHi: number;
  readonly maskLo: number;
  readonly maskHi: number;
  readonly sminLo: number;
  readonly sminHi: number;
  readonly smaxLo: number;
  readonly smaxHi: number;
  readonly uminLo: number;
  readonly uminHi: number;
  readonly umaxLo: number;
  readonly umaxHi: number;
  readonly s32min: number;
  readonly s32max: number;
  readonly u32min: number;
  readonly u32max: number;
}

const INT32_MIN = -0x80000000;
const INT32_MAX = 0x7fffffff;
const TWO_32 = 0x1_0000_0000;

/** Nothing is known (__mark_reg_unknown). */
export const UNKNOWN: Scalar = {
  valueLo: 0,
  valueHi: 0,
  maskLo: -1,
  maskHi: -1,
  sminLo: 0,
  sminHi: INT32_MIN,
  smaxLo: -1,
  smaxHi: INT32_MAX,
  uminLo: 0,
  uminHi: 0,
  umaxLo: -1,
  umaxHi: -1,
  s32min: INT32_MIN,
  s32max: INT32_MAX,
  u32min: 0,
  u32max: -1,
};

/** The number 0. */
export const ZERO: Scalar = constant(0, 0);

/** A 64-bit constant of its two int32 halves (___mark_reg_known). */
export function constant(lo: number, hi: number): Scalar {
  return {
    valueLo: lo,
    valueHi: hi,
    maskLo: 0,
    maskHi: 0,
    sminLo: lo,
    sminHi: hi,
    smaxLo: lo,
    smaxHi: hi,
    uminLo: lo,
    uminHi: hi,
    umaxLo: lo,
    umaxHi: hi,
    s32min: lo,
    s32max: lo,
    u32min: lo,
    u32max: lo,
  };
}

/** A constant of an int32, sign-extended: the immediate of a 64-bit instruction. */
export function constantFromInt(value: number): Scalar {
  const lo = value | 0;
  return constant(lo, lo >> 31);
}

/** A constant of a uint32, zero-extended: the immediate of a 32-bit move. */
export function constantFromUint(value: number): Scalar {
  return constant(value | 0, 0);
}

/** Whether every bit is known (tnum_is_const). */
export function isConstant(s: Scalar): boolean {
  return (s.maskLo | s.maskHi) === 0;
}

/** Whether the low 32 bits are known (tnum_subreg_is_const). */
export function isSubregConstant(s: Scalar): boolean {
  return s.maskLo === 0;
}

/** Whether the bits that an operation of that width looks at are known. */
export function isKnown(is64: boolean, s: Scalar): boolean {
  return (is64 ? s.maskLo | s.maskHi : s.maskLo) === 0;
}

/** Whether every bit is known to be zero (register_is_null, but for the register's type). */
export function isConstantZero(s: Scalar): boolean {
  return (s.maskLo | s.maskHi | s.valueLo | s.valueHi) === 0;
}

/** Whether two scalars are alike in every field. */
export function equalScalars(a: Scalar, b: Scalar): boolean {
  return (
    a === b ||
    (a.valueLo === b.valueLo &&
      a.valueHi === b.valueHi &&
      a.maskLo === b.maskLo &&
      a.maskHi === b.maskHi &&
      a.sminLo === b.sminLo &&
      a.sminHi === b.sminHi &&
      a.smaxLo === b.smaxLo &&
      a.smaxHi === b.smaxHi &&
      a.uminLo === b.uminLo &&
      a.uminHi === b.uminHi &&
      a.umaxLo === b.umaxLo &&
      a.umaxHi === b.umaxHi &&
      a.s32min === b.s32min &&
      a.s32max === b.s32max &&
      a.u32min === b.u32min &&
      a.u32max === b.u32max)
  );
}

/** The smallest signed value: exact up to 2^53, beyond that the nearest double. */
export function signedMin(s: Scalar): number {
  return s.sminHi * TWO_32 + (s.sminLo >>> 0);
}

/** The largest signed value: exact up to 2^53, beyond that the nearest double. */
export function signedMax(s: Scalar): number {
  return s.smaxHi * TWO_32 + (s.smaxLo >>> 0);
}

/** The smallest unsigned value: exact up to 2^53, beyond that the nearest double. */
export function unsignedMin(s: Scalar): number {
  return (s.uminHi >>> 0) * TWO_32 + (s.uminLo >>> 0);
}

/** The largest unsigned value: exact up to 2^53, beyond that the nearest double. */
export function unsignedMax(s: Scalar): number {
  return (s.umaxHi >>> 0) * TWO_32 + (s.umaxLo >>> 0);
}

/** The signed value of a constant (reg->var_off.value): exact up to 2^53, beyond that the nearest double. */
export function constantNumber(s: Scalar): number {
  return s.valueHi * TWO_32 + (s.valueLo >>> 0);
}
