import { syncBounds } from './bounds.ts';
import { createDraft, load, seal, type Draft } from './draft.ts';
import { forgetBounds } from './forget.ts';
import { flipOp, type JumpOp } from './jump-op.ts';
import { learn32 } from './learn-both-32.ts';
import { learn64 } from './learn-both-64.ts';
import type { Refined, Side } from './refine.ts';
import type { ScalarRules } from './rules.ts';
import { isKnown, type Scalar } from './scalar.ts';
import { hasViolation, resetViolations } from './violations.ts';

/** A condition that holds: one of those that jumps have, or that no bit of a JSET is set. */
export type Condition = JumpOp | 'jclear';

/** What holds if a jump is not taken (rev_opcode). */
const NEGATED: Readonly<Record<JumpOp, Condition>> = {
  jeq: 'jne',
  jne: 'jeq',
  jset: 'jclear',
  jge: 'jlt',
  jgt: 'jle',
  jle: 'jgt',
  jlt: 'jge',
  jsge: 'jslt',
  jsgt: 'jsle',
  jsle: 'jsgt',
  jslt: 'jsge',
};

const left = createDraft();
const right = createDraft();

/** What a jump teaches about both its operands (reg_set_min_max, v6.8). */
export function refineBoth(
  rules: ScalarRules,
  op: JumpOp,
  is64: boolean,
  dst: Scalar,
  src: Scalar,
  isSelf: boolean,
): Refined {
  if ((isSelf && rules.knowsSelf) || (rules.simulatesJumps && op === 'jset' && !hasKnown(is64, dst, src))) {
    const same: Side = { dst, src };
    return { taken: same, fallthrough: same };
  }
  return {
    fallthrough: side(rules, NEGATED[op], is64, dst, src, isSelf),
    taken: side(rules, op, is64, dst, src, isSelf),
  };
}

/** Which side of a jump its operands rule out: 1 if it is always taken, 0 if never (simulate_both_branches_taken, v7.1). */
export function simulate(rules: ScalarRules, op: JumpOp, is64: boolean, dst: Scalar, src: Scalar): 1 | 0 | -1 {
  learnSide(rules, NEGATED[op], is64, load(left, dst), load(right, src));
  if (hasViolation(left) || hasViolation(right)) return 1;
  learnSide(rules, op, is64, load(left, dst), load(right, src));
  return hasViolation(left) || hasViolation(right) ? 0 : -1;
}

function side(
  rules: ScalarRules,
  condition: Condition,
  is64: boolean,
  dst: Scalar,
  src: Scalar,
  isSelf: boolean,
): Side {
  const a = load(left, dst);
  const b = isSelf ? a : load(right, src);
  learnSide(rules, condition, is64, a, b);
  resetViolations(rules, a);
  resetViolations(rules, b);
  return { dst: seal(a, dst), src: seal(b, src) };
}

/** regs_refine_cond_op and the syncing after it. */
function learnSide(rules: ScalarRules, condition: Condition, is64: boolean, a: Draft, b: Draft): void {
  if (condition === 'jne' || condition === 'jset' || condition === 'jclear') {
    if (isKnown(is64, b)) learnOne(rules, condition, is64, a, b);
    else if (isKnown(is64, a)) learnOne(rules, condition, is64, b, a);
  } else if (condition === 'jge' || condition === 'jgt' || condition === 'jsge' || condition === 'jsgt') {
    learnTwo(flipOp(condition), is64, b, a);
  } else {
    learnTwo(condition, is64, a, b);
  }
  syncBounds(rules, a);
  syncBounds(rules, b);
}

function learnTwo(op: JumpOp, is64: boolean, a: Draft, b: Draft): void {
  if (is64) learn64(op, a, b);
  else learn32(op, a, b);
}

/** What is learnt from a constant alone: that its ends are not it, or which bits are set or clear. */
function learnOne(rules: ScalarRules, condition: 'jne' | 'jset' | 'jclear', is64: boolean, d: Draft, by: Draft): void {
  const lo = by.valueLo;
  const hi = is64 ? by.valueHi : 0;
  switch (condition) {
    case 'jne':
      if (is64) excludeEnds64(d, hi, lo);
      else excludeEnds32(d, lo);
      return;
    case 'jset':
      if (!isPowerOfTwo(hi, lo)) return;
      d.valueLo |= lo;
      d.maskLo &= ~lo;
      d.valueHi |= hi;
      d.maskHi &= ~hi;
      return;
    case 'jclear':
      if (rules.clearBitsForgetBounds) forgetBounds(d);
      d.valueLo &= ~lo;
      d.maskLo &= ~lo;
      d.valueHi &= ~hi;
      d.maskHi &= ~hi;
  }
}

function isPowerOfTwo(hi: number, lo: number): boolean {
  return hi === 0 ? lo !== 0 && (lo & (lo - 1)) === 0 : lo === 0 && (hi & (hi - 1)) === 0;
}

function excludeEnds32(d: Draft, value: number): void {
  if (d.u32min === value) d.u32min = (value + 1) | 0;
  if (d.u32max === value) d.u32max = (value - 1) | 0;
  if (d.s32min === value) d.s32min = (value + 1) | 0;
  if (d.s32max === value) d.s32max = (value - 1) | 0;
}

function excludeEnds64(d: Draft, hi: number, lo: number): void {
  const aboveLo = (lo + 1) | 0;
  const aboveHi = aboveLo === 0 ? (hi + 1) | 0 : hi;
  const belowLo = (lo - 1) | 0;
  const belowHi = lo === 0 ? (hi - 1) | 0 : hi;
  if (d.uminHi === hi && d.uminLo === lo) {
    d.uminHi = aboveHi;
    d.uminLo = aboveLo;
  }
  if (d.umaxHi === hi && d.umaxLo === lo) {
    d.umaxHi = belowHi;
    d.umaxLo = belowLo;
  }
  if (d.sminHi === hi && d.sminLo === lo) {
    d.sminHi = aboveHi;
    d.sminLo = aboveLo;
  }
  if (d.smaxHi === hi && d.smaxLo === lo) {
    d.smaxHi = belowHi;
    d.smaxLo = belowLo;
  }
}

function hasKnown(is64: boolean, a: Scalar, b: Scalar): boolean {
  return isKnown(is64, a) || isKnown(is64, b);
}
