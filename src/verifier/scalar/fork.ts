import type { AluOp } from './alu.ts';
import { createDraft, load, seal, setConstant32 } from './draft.ts';
import type { ScalarRules } from './rules.ts';
import { constant, isConstant, ZERO, type Scalar } from './scalar.ts';

/** The two numbers for which an instruction is walked, one after the other. */
export interface Fork {
  /** What the destination is in the state that is pushed, to go on with the same instruction. */
  readonly pushed: Scalar;
  /** What it is in the state that goes on now. */
  readonly now: Scalar;
}

/**
 * Whether AND or OR with a constant is walked twice because the destination is a mask, 0 or -1 (maybe_fork_scalars, v7.0
 * and 6.12.117). To be asked before `alu`, which then computes with either.
 */
export function forkMask(rules: ScalarRules, op: AluOp, dst: Scalar, src: Scalar): Fork | undefined {
  if (!rules.forksMasks || (op !== 'and' && op !== 'or') || !isConstant(src)) return undefined;
  if ((dst.sminHi & dst.sminLo) === -1 && (dst.smaxHi | dst.smaxLo) === 0) {
    return { pushed: ZERO, now: constant(-1, -1) };
  }
  if (dst.s32min === -1 && dst.s32max === 0) return { pushed: withLowHalf(dst, 0), now: withLowHalf(dst, -1) };
  return undefined;
}

function withLowHalf(s: Scalar, lo: number): Scalar {
  const d = load(createDraft(), s);
  setConstant32(d, lo);
  return seal(d, s);
}
