import { setBitsToRange } from './bits-from-bounds.ts';
import { syncBounds } from './bounds.ts';
import { createDraft, load, seal, setConstant, type Draft } from './draft.ts';
import { forgetBits, forgetUnsigned32, forgetUnsigned64 } from './forget.ts';
import type { ScalarRules } from './rules.ts';
import { isConstant, type Scalar } from './scalar.ts';
import { resetViolations } from './violations.ts';
import { zeroUpperHalf } from './widen.ts';

const work = createDraft();

/**
 * The low bits, sign-extended: to 64 bits by a load or a 64-bit move (coerce_reg_to_size_sx), or to 32 bits and then
 * zero-extended by a 32-bit move (coerce_subreg_to_size_sx). v6.6 has the instructions first.
 */
export function signExtend(rules: ScalarRules, s: Scalar, bits: 8 | 16 | 32, is64: boolean): Scalar {
  const d = load(work, s);
  if (is64) {
    extend64(rules, d, bits);
  } else {
    extend32(rules, d, bits);
    zeroUpperHalf(d);
    syncBounds(rules, d);
    resetViolations(rules, d);
  }
  return seal(d, s);
}

function extend64(rules: ScalarRules, d: Draft, bits: 8 | 16 | 32): void {
  const above = bits === 32 ? 0 : -1 << bits;
  if (isConstant(d)) {
    const lo = extend(d.valueLo, bits);
    setConstant(d, lo >> 31, lo);
    return;
  }
  const min = extend(d.sminLo, bits);
  const max = extend(d.smaxLo, bits);
  const isOneBlock = d.sminHi === d.smaxHi && (d.sminLo & above) === (d.smaxLo & above);
  if (isOneBlock && min >= 0 === max >= 0) {
    const least = Math.min(min, max);
    const most = Math.max(min, max);
    const sign = least >> 31;
    d.sminLo = d.uminLo = d.s32min = d.u32min = least;
    d.smaxLo = d.umaxLo = d.s32max = d.u32max = most;
    d.sminHi = d.smaxHi = sign;
    // Up to v6.11 the unsigned bounds went through a 32-bit field, and lost their upper half there.
    d.uminHi = d.umaxHi = rules.extensionKeepsUnsigned ? sign : 0;
    setBitsToRange(d, sign, least, sign, most);
    return;
  }
  const most = 2 ** (bits - 1) - 1;
  d.sminLo = d.s32min = -most - 1;
  d.sminHi = -1;
  d.smaxLo = d.s32max = most;
  d.smaxHi = 0;
  forgetUnsigned64(d);
  forgetUnsigned32(d);
  forgetBits(d);
}

/** The 32-bit bounds and bits; the upper half is for the caller to clear. */
function extend32(rules: ScalarRules, d: Draft, bits: 8 | 16 | 32): void {
  const above = bits === 32 ? 0 : -1 << bits;
  if (isConstant(d)) {
    d.valueLo = d.s32min = d.s32max = d.u32min = d.u32max = extend(d.valueLo, bits);
    return;
  }
  const min = extend(d.s32min, bits);
  const max = extend(d.s32max, bits);
  if ((d.s32min & above) === (d.s32max & above) && min >= 0 === max >= 0) {
    d.s32min = d.u32min = Math.min(min, max);
    d.s32max = d.u32max = Math.max(min, max);
    if (rules.extensionSetsBits) setBitsToRange(d, 0, d.s32min, 0, d.s32max);
    return;
  }
  const most = 2 ** (bits - 1) - 1;
  d.s32min = -most - 1;
  d.s32max = most;
  forgetUnsigned32(d);
  if (rules.extensionSetsBits) forgetBits(d);
}

function extend(value: number, bits: 8 | 16 | 32): number {
  return (value << (32 - bits)) >> (32 - bits);
}
