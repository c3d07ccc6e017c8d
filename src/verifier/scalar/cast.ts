import { syncAfterArithmetic, syncAfterBounds, syncBounds } from './bounds.ts';
import { createDraft, INT32_MAX, INT32_MIN, load, seal } from './draft.ts';
import type { ScalarRules } from './rules.ts';
import { constant, UNKNOWN, type Scalar } from './scalar.ts';
import { resetViolations } from './violations.ts';
import { combine64Into32, zeroUpperHalf } from './widen.ts';

export { signExtend } from './sign-extend.ts';

const work = createDraft();

/** What loads of so many bytes leave of which nothing is known. The same for every kernel, and the most frequent. */
const LOADED: Readonly<Record<1 | 2 | 4, Scalar>> = { 1: anyBelow(0xff), 2: anyBelow(0xffff), 4: anyBelow(-1) };

function anyBelow(mask: number): Scalar {
  const d = load(createDraft(), constant(0, 0));
  d.maskLo = d.smaxLo = d.umaxLo = d.u32max = mask;
  d.s32max = mask < 0 ? INT32_MAX : mask;
  if (mask < 0) d.s32min = INT32_MIN;
  return d;
}

/**
 * The low bytes of a number, zero-extended: what a load of so many bytes leaves (coerce_reg_to_size). The 32-bit bounds
 * of a four-byte load stay what they are, and up to v6.8 nothing is synced then.
 */
export function truncate(rules: ScalarRules, s: Scalar, bytes: 1 | 2 | 4): Scalar {
  if (s === UNKNOWN) return LOADED[bytes];
  const d = load(work, s);
  const mask = bytes === 4 ? -1 : (1 << (bytes * 8)) - 1;
  d.valueHi = 0;
  d.maskHi = 0;
  d.valueLo &= mask;
  d.maskLo &= mask;
  if (d.uminHi === d.umaxHi && (d.uminLo & ~mask) === (d.umaxLo & ~mask)) {
    d.uminLo &= mask;
    d.umaxLo &= mask;
  } else {
    d.uminLo = 0;
    d.umaxLo = mask;
  }
  d.uminHi = d.umaxHi = d.sminHi = d.smaxHi = 0;
  d.sminLo = d.uminLo;
  d.smaxLo = d.umaxLo;
  if (bytes < 4) combine64Into32(rules, d);
  else if (rules.wordLoadsSync) syncBounds(rules, d);
  return seal(d, s);
}

/** The low 32 bits, zero-extended: a 32-bit move (zext_32_to_64, then reg_bounds_sync). */
export function zeroExtend32(rules: ScalarRules, s: Scalar): Scalar {
  if (s === UNKNOWN) return LOADED[4];
  const d = load(work, s);
  zeroUpperHalf(d);
  syncAfterArithmetic(rules, d);
  resetViolations(rules, d);
  return seal(d, s);
}

/**
 * A result that a helper promises to be within signed bounds, of 64 bits and of 32 (do_refine_retval_range). These take
 * the place of what was known, also when that was more.
 *
 * @param min an int32
 * @param max an int32
 */
export function clampSigned(rules: ScalarRules, s: Scalar, min: number, max: number): Scalar {
  const d = load(work, s);
  d.s32min = d.sminLo = min;
  d.sminHi = min >> 31;
  d.s32max = d.smaxLo = max;
  d.smaxHi = max >> 31;
  syncAfterBounds(rules, d);
  resetViolations(rules, d);
  return seal(d, s);
}
