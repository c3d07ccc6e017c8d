import { syncBounds } from './bounds.ts';
import { createDraft, load, seal } from './draft.ts';
import { flipOp, type JumpOp } from './jump-op.ts';
import { learnFromConstant } from './learn-from-constant.ts';
import { lowerSmax, lowerUmax, raiseSmin, raiseUmin } from './narrow.ts';
import { refineBoth } from './refine-both.ts';
import type { ScalarRules } from './rules.ts';
import { isKnown, type Scalar } from './scalar.ts';
import { intersectBits } from './tnum.ts';

/** The two operands on one side of a jump. */
export interface Side {
  readonly dst: Scalar;
  readonly src: Scalar;
}

/** What is known on either side of a conditional jump. */
export interface Refined {
  readonly taken: Side;
  readonly fallthrough: Side;
}

const work = createDraft();

/**
 * What a conditional jump that may go either way teaches about its two operands (check_cond_jmp_op): up to v6.7 all about
 * one that is compared with a constant, and of two unknown ones only that they are equal; since v6.8 all about both.
 *
 * @param isSelf whether both operands are one register: then it has what is known of `dst`
 */
export function refine(
  rules: ScalarRules,
  op: JumpOp,
  is64: boolean,
  dst: Scalar,
  src: Scalar,
  isSelf = false,
): Refined {
  if (rules.widthsLearn) return refineBoth(rules, op, is64, dst, src, isSelf);
  if (isKnown(is64, src)) {
    return {
      taken: { dst: learnFromConstant(rules, op, is64, dst, src, true), src },
      fallthrough: { dst: learnFromConstant(rules, op, is64, dst, src, false), src },
    };
  }
  if (isKnown(is64, dst)) {
    const flipped = flipOp(op);
    return {
      taken: { dst, src: learnFromConstant(rules, flipped, is64, src, dst, true) },
      fallthrough: { dst, src: learnFromConstant(rules, flipped, is64, src, dst, false) },
    };
  }
  const same: Side = { dst, src };
  if (!is64 || (op !== 'jeq' && op !== 'jne')) return { taken: same, fallthrough: same };
  const equal: Side = { dst: intersect(rules, dst, src), src: intersect(rules, src, dst) };
  return op === 'jeq' ? { taken: equal, fallthrough: same } : { taken: same, fallthrough: equal };
}

/** A number that is known to equal another one (__reg_combine_min_max). The 32-bit bounds stay its own. */
function intersect(rules: ScalarRules, s: Scalar, other: Scalar): Scalar {
  const d = load(work, s);
  raiseUmin(d, other.uminHi, other.uminLo);
  lowerUmax(d, other.umaxHi, other.umaxLo);
  raiseSmin(d, other.sminHi, other.sminLo);
  lowerSmax(d, other.smaxHi, other.smaxLo);
  intersectBits(d, other);
  syncBounds(rules, d);
  return seal(d, s);
}
