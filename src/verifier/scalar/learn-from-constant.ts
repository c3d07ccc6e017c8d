import { createDraft, load, seal, setConstant, setConstant32, type Draft } from './draft.ts';
import { forgetBounds } from './forget.ts';
import { addHi, subHi } from './int64.ts';
import type { JumpOp } from './jump-op.ts';
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
import type { Scalar } from './scalar.ts';
import { combine32Into64, combine64Into32 } from './widen.ts';

const work = createDraft();

/**
 * What one side of a comparison with a constant teaches: reg_set_min_max() as it was up to v6.7.
 *
 * @param by the constant; for 32 bits, its low half need be known alone
 */
export function learnFromConstant(
  rules: ScalarRules,
  op: JumpOp,
  is64: boolean,
  s: Scalar,
  by: Scalar,
  taken: boolean,
): Scalar {
  const d = load(work, s);
  if (is64) {
    learn64(rules, op, d, by.valueHi, by.valueLo, taken);
    combine64Into32(rules, d);
  } else {
    learn32(rules, op, d, by.valueLo, taken);
    combine32Into64(rules, d);
  }
  return seal(d, s);
}

function learn64(rules: ScalarRules, op: JumpOp, d: Draft, hi: number, lo: number, taken: boolean): void {
  switch (op) {
    case 'jeq':
    case 'jne':
      if (taken === (op === 'jeq')) equal64(rules, d, hi, lo);
      return;
    case 'jset':
      if (!taken) {
        if (rules.clearBitsForgetBounds) forgetBounds(d);
        d.valueLo &= ~lo;
        d.maskLo &= ~lo;
        d.valueHi &= ~hi;
        d.maskHi &= ~hi;
      } else if (isPowerOfTwo64(hi, lo)) {
        d.valueLo |= lo;
        d.maskLo &= ~lo;
        d.valueHi |= hi;
        d.maskHi &= ~hi;
      }
      return;
    case 'jgt':
      if (taken) raiseUmin(d, addHi(hi, lo, 0, 1), (lo + 1) | 0);
      else lowerUmax(d, hi, lo);
      return;
    case 'jge':
      if (taken) raiseUmin(d, hi, lo);
      else lowerUmax(d, subHi(hi, lo, 0, 1), (lo - 1) | 0);
      return;
    case 'jlt':
      if (taken) lowerUmax(d, subHi(hi, lo, 0, 1), (lo - 1) | 0);
      else raiseUmin(d, hi, lo);
      return;
    case 'jle':
      if (taken) lowerUmax(d, hi, lo);
      else raiseUmin(d, addHi(hi, lo, 0, 1), (lo + 1) | 0);
      return;
    case 'jsgt':
      if (taken) raiseSmin(d, addHi(hi, lo, 0, 1), (lo + 1) | 0);
      else lowerSmax(d, hi, lo);
      return;
    case 'jsge':
      if (taken) raiseSmin(d, hi, lo);
      else lowerSmax(d, subHi(hi, lo, 0, 1), (lo - 1) | 0);
      return;
    case 'jslt':
      if (taken) lowerSmax(d, subHi(hi, lo, 0, 1), (lo - 1) | 0);
      else raiseSmin(d, hi, lo);
      return;
    case 'jsle':
      if (taken) lowerSmax(d, hi, lo);
      else raiseSmin(d, addHi(hi, lo, 0, 1), (lo + 1) | 0);
  }
}

function learn32(rules: ScalarRules, op: JumpOp, d: Draft, value: number, taken: boolean): void {
  switch (op) {
    case 'jeq':
    case 'jne':
      if (taken === (op === 'jeq')) equal32(rules, d, value);
      return;
    case 'jset':
      if (!taken) {
        if (rules.clearBitsForgetBounds) forgetBounds(d);
        d.valueLo &= ~value;
        d.maskLo &= ~value;
      } else if (value !== 0 && (value & (value - 1)) === 0) {
        d.valueLo |= value;
        d.maskLo &= ~value;
      }
      return;
    case 'jgt':
      if (taken) raiseU32min(d, (value + 1) | 0);
      else lowerU32max(d, value);
      return;
    case 'jge':
      if (taken) raiseU32min(d, value);
      else lowerU32max(d, (value - 1) | 0);
      return;
    case 'jlt':
      if (taken) lowerU32max(d, (value - 1) | 0);
      else raiseU32min(d, value);
      return;
    case 'jle':
      if (taken) lowerU32max(d, value);
      else raiseU32min(d, (value + 1) | 0);
      return;
    case 'jsgt':
      if (taken) raiseS32min(d, (value + 1) | 0);
      else lowerS32max(d, value);
      return;
    case 'jsge':
      if (taken) raiseS32min(d, value);
      else lowerS32max(d, (value - 1) | 0);
      return;
    case 'jslt':
      if (taken) lowerS32max(d, (value - 1) | 0);
      else raiseS32min(d, value);
      return;
    case 'jsle':
      if (taken) lowerS32max(d, value);
      else raiseS32min(d, (value + 1) | 0);
  }
}

/** The number equals a constant. In v5.18 its bits are put back to what they were, and learn what bounds can teach. */
function equal64(rules: ScalarRules, d: Draft, hi: number, lo: number): void {
  const { valueLo, valueHi, maskLo, maskHi } = d;
  setConstant(d, hi, lo);
  if (rules.equalityFixesBits) return;
  d.valueLo = valueLo;
  d.valueHi = valueHi;
  d.maskLo = maskLo;
  d.maskHi = maskHi;
}

function equal32(rules: ScalarRules, d: Draft, value: number): void {
  const { valueLo, maskLo } = d;
  setConstant32(d, value);
  if (rules.equalityFixesBits) return;
  d.valueLo = valueLo;
  d.maskLo = maskLo;
}

function isPowerOfTwo64(hi: number, lo: number): boolean {
  if (hi === 0) return lo !== 0 && (lo & (lo - 1)) === 0;
  return lo === 0 && (hi & (hi - 1)) === 0;
}
