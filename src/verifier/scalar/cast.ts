import { constant, isConstant, UNKNOWN, type Scalar } from './scalar.ts';

/** The low bytes of a number, zero-extended (coerce_reg_to_size). */
export function truncate(s: Scalar, bytes: 1 | 2 | 4): Scalar {
  if (!isConstant(s)) return UNKNOWN;
  return constant(bytes === 4 ? s.valueLo : s.valueLo & ((1 << (bytes * 8)) - 1), 0);
}

/** The low 32 bits, zero-extended (zext_32_to_64). */
export function zeroExtend32(s: Scalar): Scalar {
  return truncate(s, 4);
}

/** The low bits, sign-extended to 64 bits, or to 32 and then zero-extended (set_sext64_default_val and its kin, v6.6). */
export function signExtend(s: Scalar, bits: 8 | 16 | 32, is64: boolean): Scalar {
  if (!isConstant(s)) return UNKNOWN;
  const lo = (s.valueLo << (32 - bits)) >> (32 - bits);
  return constant(lo, is64 ? lo >> 31 : 0);
}

/** A number that a helper promises to be within signed bounds (do_refine_retval_range). */
export function clampSigned(s: Scalar, _min: number, _max: number): Scalar {
  return s;
}
