import type { Draft } from './draft.ts';
import { below, below32, less } from './int64.ts';
import { forgetBounds } from './forget.ts';
import type { ScalarRules } from './rules.ts';
import type { Scalar } from './scalar.ts';

/** Whether a minimum is beyond its maximum (range_bounds_violation). */
export function hasViolation(s: Scalar): boolean {
  return (
    below(s.umaxHi, s.umaxLo, s.uminHi, s.uminLo) ||
    less(s.smaxHi, s.smaxLo, s.sminHi, s.sminLo) ||
    below32(s.u32max, s.u32min) ||
    s.s32max < s.s32min
  );
}

/** Bounds that contradict each other or the known bits are given up (reg_bounds_sanity_check, v6.8). */
export function resetViolations(rules: ScalarRules, d: Draft): void {
  if (rules.resetsViolations && (hasViolation(d) || contradictsBits(d))) forgetBounds(d);
}

function contradictsBits(s: Scalar): boolean {
  if (s.maskLo !== 0) return false;
  const lo = s.valueLo;
  if (s.u32min !== lo || s.u32max !== lo || s.s32min !== lo || s.s32max !== lo) return true;
  if (s.maskHi !== 0) return false;
  const hi = s.valueHi;
  return (
    s.uminHi !== hi ||
    s.umaxHi !== hi ||
    s.sminHi !== hi ||
    s.smaxHi !== hi ||
    s.uminLo !== lo ||
    s.umaxLo !== lo ||
    s.sminLo !== lo ||
    s.smaxLo !== lo
  );
}
