import { isIn, type VersionNumber, type VersionRange } from '../kernel/version.ts';

/*
 * In what the kernels' bookkeeping of scalars differs. What v6.1 and v6.12 are here are the stable kernels 6.1.192 and
 * 6.12.117, which took over much of what came later; the others are as they were first released.
 */
const STABLE_61: VersionRange = { since: 'v6.1', until: 'v6.2' };
const STABLE_612: VersionRange = { since: 'v6.12', until: 'v6.13' };

/** The kernels in which a difference shows, each with where it comes from. */
const RANGES = {
  /**
   * Wherever the views of a number are made to agree, all of reg_bounds_sync() runs ("Fix insufficient bounds propagation
   * from adjust_scalar_min_max_vals"). Before, there was no such function, and most places left out a step.
   */
  syncsWholly: [{ since: 'v5.19' }],
  /**
   * On the side of a JEQ or JNE on which a number equals a constant, its known bits are those of the constant ("Fix
   * incorrect verifier simulation around jmp32's jeq/jne").
   */
  equalityFixesBits: [{ since: 'v5.19' }],
  /**
   * The low half of the known bits learns from the 64-bit bounds as well as from the 32-bit ones ("Fix __reg_bound_offset
   * 64->32 var_off subreg propagation").
   */
  subregLearnsFrom64: [STABLE_61, { since: 'v6.3' }],
  /**
   * A shift to the left by 32 makes the signed bounds those of the low half, also when they are negative: before, either
   * was kept only if it was not (__scalar64_min_max_lsh).
   */
  shiftBy32KeepsSign: [STABLE_61, STABLE_612, { since: 'v7.0' }],
  /** The side on which no bit of a JSET is set begins without bounds ("Forget ranges when refining tnum after JSET"). */
  clearBitsForgetBounds: [STABLE_61, STABLE_612, { since: 'v6.17' }],
  /** Bounds tell that a number does not equal a constant ("Improve JEQ/JNE branch taken logic"). */
  equalityAsksBounds: [{ since: 'v6.4' }],
  /** Jumps are foreseen with the constant on the left too. */
  foreseesSwapped: [{ since: 'v6.4' }],
  /**
   * The rewritten deduction: 32-bit bounds learn from 64-bit ones and the other way round (__reg32_deduce_bounds,
   * __reg_deduce_mixed_bounds), and both operands of a jump, ranges too, are compared and learn (is_scalar_branch_taken,
   * regs_refine_cond_op).
   */
  widthsLearn: [{ since: 'v6.8' }],
  /** Bounds that contradict each other are given up after each instruction (reg_bounds_sanity_check). */
  resetsViolations: [{ since: 'v6.8' }],
  /** A load of four bytes is synced as well (coerce_reg_to_size). */
  wordLoadsSync: [{ since: 'v6.9' }],
  /**
   * Operands that are not constant are good for OR, XOR and MUL ("relax MUL range computation check"), signed bounds of
   * OR and XOR come from the unsigned ones ("improve XOR and OR range computation"); what can't be computed does not
   * even have a zero upper half (is_safe_to_compute_dst_reg_range).
   */
  relaxesOperands: [{ since: 'v6.10' }],
  /** A 32-bit sign extension changes the known bits ("Add missed var_off setting in coerce_subreg_to_size_sx()"). */
  extensionSetsBits: [{ since: 'v6.10' }],
  /** Unsigned bounds of a 64-bit sign extension are not cut to 32 bits ("Fix truncation bug in coerce_reg_to_size_sx()"). */
  extensionKeepsUnsigned: [{ since: 'v6.12' }],
  /** A number within the int32 whose low half is not negative is its low half ("Get better reg range with ldsx"). */
  int32IsItsLowHalf: [{ since: 'v6.12' }],
  /** The signed bounds of AND come from the unsigned ones ("improve signed ranges inference for BPF_AND"). */
  andKeepsSign: [{ since: 'v6.12' }],
  /** 64-bit bounds learn from signed 32-bit ones that do not cross zero, until what was left had made it superfluous. */
  signed32Narrows64: [{ since: 'v6.8', until: 'v6.17' }],
  /** Bounds of products are lost only if a product of bounds overflows (scalar_min_max_mul). */
  mulMayBeSigned: [{ since: 'v6.14' }],
  /** Unsigned bounds of sums and differences that both overflow are kept (scalar_min_max_add). */
  bothMayOverflow: [{ since: 'v6.17' }],
  /** Signed and unsigned 64-bit bounds that overlap once across the sign learn ("Improve bounds when s64 crosses sign"). */
  overlap64Learns: [STABLE_612, { since: 'v6.17' }],
  /** Three rounds of deduction instead of two. */
  threeRounds: [STABLE_612, { since: 'v6.17', until: 'v7.1' }],
  /** Known bits of products by union, not by sum of what is unknown ("Improve the general precision of tnum_mul"). */
  mulByUnion: [{ since: 'v6.18' }],
  /** Known bits tell that numbers are not equal (tnum_overlap). */
  equalityAsksBits: [STABLE_612, { since: 'v6.18' }],
  /** What is known of a number survives BPF_NEG. */
  tracksNegation: [{ since: 'v6.18' }],
  /** A register compared with itself: the outcome is known (is_scalar_branch_taken). */
  knowsSelf: [{ since: 'v6.19' }],
  /** As `overlap64Learns`, for 32 bits. */
  overlap32Learns: [STABLE_612, { since: 'v7.0' }],
  /** A range that holds only one number with the known bits is that number (tnum_step). */
  stepsThroughBits: [{ since: 'v7.0' }],
  /** What is known survives DIV and MOD by a constant. */
  tracksDivision: [{ since: 'v7.0' }],
  /** What is known survives BPF_END. */
  tracksByteSwap: [{ since: 'v7.0' }],
  /** AND and OR of what is 0 or -1 with a constant are walked for either (maybe_fork_scalars). */
  forksMasks: [STABLE_612, { since: 'v7.0' }],
  /** 64-bit bounds learn before 32-bit ones; what contradicts itself is left alone (reg_bounds_sync). */
  deduces64First: [{ since: 'v7.1' }],
  /** A side of a jump whose bounds come to contradict each other is never taken (simulate_both_branches_taken). */
  simulatesJumps: [{ since: 'v7.1' }],
} satisfies Readonly<Record<string, readonly VersionRange[]>>;

/** In what a kernel differs from others: for each name above, whether it holds. */
export type ScalarRules = Readonly<Record<keyof typeof RANGES, boolean>>;

/** The rules of one kernel. To be made once: rules are asked for all the time. */
export function scalarRules(version: VersionNumber): ScalarRules {
  const entries = Object.entries(RANGES).map(([name, ranges]) => [
    name,
    ranges.some((range: VersionRange) => isIn(range, version)),
  ]);
  return Object.fromEntries(entries) as Record<keyof typeof RANGES, boolean>;
}
