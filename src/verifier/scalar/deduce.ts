import { INT32_MIN, type Draft } from './draft.ts';
import { learnBits } from './bits-from-bounds.ts';
import { below, below32, less } from './int64.ts';
import {
  lowerS32max,
  lowerSmax,
  lowerU32max,
  lowerUmax,
  raiseS32min,
  raiseSmin,
  raiseU32min,
  raiseUmin,
} from './narrow.ts';
import type { ScalarRules } from './rules.ts';

/**
 * One round of deduction as the kernel does it since v6.8 (__reg_deduce_bounds): signed bounds learn from unsigned ones
 * and 32-bit bounds from 64-bit ones, and the other way round.
 */
export function deduceAcross(rules: ScalarRules, d: Draft): void {
  if (rules.deduces64First) {
    learn64From64(rules, d);
    learn32From64(d);
    learn32From32(rules, d);
  } else {
    learn32From64(d);
    learn32From32(rules, d);
    learn64From64(rules, d);
  }
  learn64From32(rules, d);
}

/** Where all numbers of a 64-bit range have one upper half, or two that follow each other, it is a range of the low half. */
function learn32From64(d: Draft): void {
  const { uminHi, uminLo, umaxHi, umaxLo, sminHi, sminLo, smaxHi, smaxLo } = d;
  if (uminHi === umaxHi) {
    learnUnsigned32(d, uminLo, umaxLo);
    if (uminLo <= umaxLo) learnSigned32(d, uminLo, umaxLo);
  }
  if (sminHi === smaxHi) {
    if (!below32(smaxLo, sminLo)) learnUnsigned32(d, sminLo, smaxLo);
    if (sminLo <= smaxLo) learnSigned32(d, sminLo, smaxLo);
  }
  if (((uminHi + 1) | 0) === umaxHi && uminLo < 0 && umaxLo >= 0) learnSigned32(d, uminLo, umaxLo);
  if (((sminHi + 1) | 0) === smaxHi && sminLo < 0 && smaxLo >= 0) learnSigned32(d, sminLo, smaxLo);
}

function learnUnsigned32(d: Draft, min: number, max: number): void {
  raiseU32min(d, min);
  lowerU32max(d, max);
}

function learnSigned32(d: Draft, min: number, max: number): void {
  raiseS32min(d, min);
  lowerS32max(d, max);
}

function learn32From32(rules: ScalarRules, d: Draft): void {
  if (d.u32min <= d.u32max) learnSigned32(d, d.u32min, d.u32max);
  if (!below32(d.s32max, d.s32min)) {
    learnUnsigned32(d, d.s32min, d.s32max);
  } else if (rules.overlap32Learns) {
    if (below32(d.u32max, d.s32min)) {
      d.s32min = d.u32min;
      lowerU32max(d, d.s32max);
    } else if (below32(d.s32max, d.u32min)) {
      d.s32max = d.u32max;
      raiseU32min(d, d.s32min);
    }
  }
}

function learn64From64(rules: ScalarRules, d: Draft): void {
  if (!less(d.umaxHi, d.umaxLo, d.uminHi, d.uminLo)) {
    raiseSmin(d, d.uminHi, d.uminLo);
    lowerSmax(d, d.umaxHi, d.umaxLo);
  }
  if (!below(d.smaxHi, d.smaxLo, d.sminHi, d.sminLo)) {
    raiseUmin(d, d.sminHi, d.sminLo);
    lowerUmax(d, d.smaxHi, d.smaxLo);
  } else if (rules.overlap64Learns) {
    if (below(d.umaxHi, d.umaxLo, d.sminHi, d.sminLo)) {
      d.sminHi = d.uminHi;
      d.sminLo = d.uminLo;
      lowerUmax(d, d.smaxHi, d.smaxLo);
    } else if (below(d.smaxHi, d.smaxLo, d.uminHi, d.uminLo)) {
      d.smaxHi = d.umaxHi;
      d.smaxLo = d.umaxLo;
      raiseUmin(d, d.sminHi, d.sminLo);
    }
  }
}

/** The low halves of 64-bit bounds can't be beyond the 32-bit bounds. */
function learn64From32(rules: ScalarRules, d: Draft): void {
  narrow64(d, d.u32min, d.u32max);
  if (rules.signed32Narrows64 && !below32(d.s32max, d.s32min)) narrow64(d, d.s32min, d.s32max);
  if (
    rules.int32IsItsLowHalf &&
    d.s32min >= 0 &&
    !less(d.sminHi, d.sminLo, -1, INT32_MIN) &&
    d.smaxHi <= 0 &&
    (d.smaxHi < 0 || d.smaxLo >= 0)
  ) {
    const upper = d.s32max >> 31;
    d.sminHi = d.uminHi = 0;
    d.sminLo = d.uminLo = d.s32min;
    d.smaxHi = d.umaxHi = upper;
    d.smaxLo = d.umaxLo = d.s32max;
    learnBits(d, 0, d.s32min, upper, d.s32max);
  }
}

function narrow64(d: Draft, min: number, max: number): void {
  raiseUmin(d, d.uminHi, min);
  lowerUmax(d, d.umaxHi, max);
  raiseSmin(d, d.sminHi, min);
  lowerSmax(d, d.smaxHi, max);
}
