import { isIn, type VersionNumber, type VersionRange } from '../kernel/version.ts';

/** In what the kernels' bookkeeping of scalars differs. Made once a kernel by `scalarRules`. */
export interface ScalarRules {
  /**
   * Wherever the views of a number are made to agree, all of reg_bounds_sync() runs: v5.19 ("Fix insufficient bounds
   * propagation from adjust_scalar_min_max_vals"). Before, there was no such function, and most places left out a step.
   */
  readonly syncsWholly: boolean;
  /**
   * On the side of a JEQ or JNE on which a number equals a constant, its known bits are those of the constant: v5.19
   * ("Fix incorrect verifier simulation around jmp32's jeq/jne").
   */
  readonly equalityFixesBits: boolean;
  /**
   * The low half of the known bits learns from the 64-bit bounds as well as from the 32-bit ones: v6.3 ("Fix
   * __reg_bound_offset 64->32 var_off subreg propagation"), and 6.1.22 of the stable series.
   */
  readonly subregLearnsFrom64: boolean;
  /**
   * A shift to the left by 32 makes the signed bounds those of the low half, also when they are negative: before, either
   * was kept only if it was not. 6.1.192 has it.
   */
  readonly shiftBy32KeepsSign: boolean;
  /**
   * The branch on which no bit of a JSET is set begins without bounds, and takes those that its bits give
   * (reg_set_min_max). 6.1.192 has it.
   */
  readonly clearBitsForgetBounds: boolean;
}

const STABLE_61: VersionRange = { since: 'v6.1', until: 'v6.2' };

const RANGES: Readonly<Record<keyof ScalarRules, readonly VersionRange[]>> = {
  syncsWholly: [{ since: 'v5.19' }],
  equalityFixesBits: [{ since: 'v5.19' }],
  subregLearnsFrom64: [STABLE_61, { since: 'v6.3' }],
  shiftBy32KeepsSign: [STABLE_61],
  clearBitsForgetBounds: [STABLE_61],
};

/** The rules of one kernel. What 6.1 is here is 6.1.192 of the stable series; the others are as they were released. */
export function scalarRules(version: VersionNumber): ScalarRules {
  const has = (name: keyof ScalarRules): boolean => RANGES[name].some((range) => isIn(range, version));
  return {
    syncsWholly: has('syncsWholly'),
    equalityFixesBits: has('equalityFixesBits'),
    subregLearnsFrom64: has('subregLearnsFrom64'),
    shiftBy32KeepsSign: has('shiftBy32KeepsSign'),
    clearBitsForgetBounds: has('clearBitsForgetBounds'),
  };
}
