import { addBounds32, addBounds64, subBounds32, subBounds64 } from './add-sub.ts';
import { andBounds, orBounds, xorBounds } from './bitwise.ts';
import { syncAfterArithmetic } from './bounds.ts';
import { foldConstants } from './constants.ts';
import { divide, type DivisionOp } from './division.ts';
import { createDraft, load, seal, type Draft } from './draft.ts';
import { below, below32, less } from './int64.ts';
import { mulBits } from './mul-bits.ts';
import { mulBounds } from './mul.ts';
import type { ScalarRules } from './rules.ts';
import { isKnown, UNKNOWN, ZERO, type Scalar } from './scalar.ts';
import {
  shiftLeft32,
  shiftLeft64,
  shiftRight32,
  shiftRight64,
  shiftRightSigned32,
  shiftRightSigned64,
} from './shift.ts';
import { addBits, andBits, orBits, subBits, xorBits } from './tnum.ts';
import { resetViolations } from './violations.ts';
import { zeroUpperHalf } from './widen.ts';

export { pointerAdd, pointerKeep, pointerSub } from './pointer.ts';

/** The binary operations of BPF_ALU and BPF_ALU64, but for moves; `sdiv` and `smod` are those with offset 1, of v6.6. */
export type AluOp = DivisionOp | 'add' | 'sub' | 'mul' | 'and' | 'or' | 'xor' | ShiftOp;

type ShiftOp = 'lsh' | 'rsh' | 'arsh';

const work = createDraft();

/** What is known after `dst = dst op src` (adjust_scalar_min_max_vals). */
export function alu(rules: ScalarRules, op: AluOp, is64: boolean, dst: Scalar, src: Scalar): Scalar {
  const folded = foldConstants(op, is64, dst, src);
  if (folded !== undefined) return folded;
  if (!isComputed(rules, op, is64, src)) return UNKNOWN;
  if (dst === UNKNOWN && is64 && (op === 'add' || op === 'sub' || op === 'xor') && !contradicts64(src)) return UNKNOWN;
  const d = load(work, dst);
  apply(rules, op, is64, d, src);
  if (!is64) zeroUpperHalf(d);
  syncAfterArithmetic(rules, d);
  resetViolations(rules, d);
  return seal(d, dst);
}

/** What is known after `dst = -dst` (BPF_NEG): nothing, before v6.18. */
export function negate(rules: ScalarRules, is64: boolean, dst: Scalar): Scalar {
  return rules.tracksNegation ? alu(rules, 'sub', is64, ZERO, dst) : UNKNOWN;
}

/**
 * Whether the kernel gives a register up for `dst = dst op src` (mark_reg_unknown), instead of computing what is known of
 * it: its precision is then that of a fresh unknown, and no longer its own.
 */
export function givesUp(rules: ScalarRules, op: AluOp, is64: boolean, src: Scalar): boolean {
  if (!isComputed(rules, op, is64, src)) return true;
  if (op === 'lsh' || op === 'rsh' || op === 'arsh') return isTooFar(is64, src);
  return isDivision(op) && !rules.tracksDivision;
}

function isComputed(rules: ScalarRules, op: AluOp, is64: boolean, src: Scalar): boolean {
  return rules.relaxesOperands ? isComputable(rules, op, is64, src) : wasComputable(op, is64, src);
}

function isDivision(op: AluOp): boolean {
  return op === 'div' || op === 'mod' || op === 'sdiv' || op === 'smod';
}

/** Whether anything is computed at all: not with what contradicts itself, and seldom with what is no constant. */
function wasComputable(op: AluOp, is64: boolean, src: Scalar): boolean {
  if (is64 ? contradicts64(src) : contradicts32(src)) return false;
  return op === 'add' || op === 'sub' || op === 'and' || isKnown(is64, src);
}

/** is_safe_to_compute_dst_reg_range, v6.10 */
function isComputable(rules: ScalarRules, op: AluOp, is64: boolean, src: Scalar): boolean {
  switch (op) {
    case 'lsh':
    case 'rsh':
    case 'arsh':
      return isOneNumber(is64, src) && !isTooFar(is64, src);
    default:
      return !isDivision(op) || (rules.tracksDivision && isOneNumber(is64, src));
  }
}

function isOneNumber(is64: boolean, s: Scalar): boolean {
  if (!is64) return s.maskLo === 0 && s.s32min === s.s32max && s.u32min === s.u32max;
  return (
    (s.maskLo | s.maskHi) === 0 &&
    s.sminLo === s.smaxLo &&
    s.sminHi === s.smaxHi &&
    s.uminLo === s.umaxLo &&
    s.uminHi === s.umaxHi
  );
}

/** Whether a shift may be by all the bits or more. The kernel asks the 64-bit bound for shifts of 32 bits too. */
function isTooFar(is64: boolean, by: Scalar): boolean {
  return by.umaxHi !== 0 || by.umaxLo >>> 0 >= (is64 ? 64 : 32);
}

function apply(rules: ScalarRules, op: AluOp, is64: boolean, d: Draft, src: Scalar): void {
  switch (op) {
    case 'add':
      addBounds32(d, src, rules.bothMayOverflow);
      addBounds64(d, src, rules.bothMayOverflow);
      addBits(d, src);
      return;
    case 'sub':
      subBounds32(d, src, rules.bothMayOverflow);
      subBounds64(d, src, rules.bothMayOverflow);
      subBits(d, src);
      return;
    case 'mul':
      mulBits(rules, d, src);
      mulBounds(rules, d, src);
      return;
    case 'and':
      andBits(d, src);
      andBounds(rules, d, src);
      return;
    case 'or':
      orBits(d, src);
      orBounds(rules, d, src);
      return;
    case 'xor':
      xorBits(d, src);
      xorBounds(rules, d, src);
      return;
    case 'lsh':
    case 'rsh':
    case 'arsh':
      applyShift(rules, op, is64, d, src);
      return;
    case 'div':
    case 'mod':
    case 'sdiv':
    case 'smod':
      if (rules.tracksDivision) divide(op, is64, d, src);
      else load(d, UNKNOWN);
  }
}

function applyShift(rules: ScalarRules, op: ShiftOp, is64: boolean, d: Draft, src: Scalar): void {
  if (isTooFar(is64, src)) {
    load(d, UNKNOWN);
  } else if (is64) {
    if (op === 'lsh') shiftLeft64(rules, d, src.uminLo);
    else if (op === 'rsh') shiftRight64(rules, d, src.uminLo);
    else shiftRightSigned64(rules, d, src.uminLo);
  } else if (op === 'lsh') {
    shiftLeft32(d, src.u32min);
  } else if (op === 'rsh') {
    shiftRight32(d, src.u32min);
  } else {
    shiftRightSigned32(d, src.u32min);
  }
}

/** Whether bounds contradict each other, or the bits: so on branches that can't be reached. */
function contradicts64(s: Scalar): boolean {
  return (
    ((s.maskLo | s.maskHi) === 0 &&
      (s.sminLo !== s.smaxLo || s.sminHi !== s.smaxHi || s.uminLo !== s.umaxLo || s.uminHi !== s.umaxHi)) ||
    less(s.smaxHi, s.smaxLo, s.sminHi, s.sminLo) ||
    below(s.umaxHi, s.umaxLo, s.uminHi, s.uminLo)
  );
}

function contradicts32(s: Scalar): boolean {
  return (
    (s.maskLo === 0 && (s.s32min !== s.s32max || s.u32min !== s.u32max)) ||
    s.s32min > s.s32max ||
    below32(s.u32max, s.u32min)
  );
}
