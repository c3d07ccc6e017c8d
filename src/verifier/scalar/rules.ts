import { isIn, type VersionNumber, type VersionRange } from '../kernel/version.ts';

/** In what the kernels' bookkeeping of scalars differs. Made once a kernel by `scalarRules`. */
export interface ScalarRules {
  /** adjust_scalar_min_max_vals() ends with the full reg_bounds_sync(). */
  readonly syncAfterAlu: boolean;
}

const RANGES: Readonly<Record<keyof ScalarRules, readonly VersionRange[]>> = {
  syncAfterAlu: [{ since: 'v5.19' }],
};

/** The rules of one kernel. */
export function scalarRules(version: VersionNumber): ScalarRules {
  const has = (name: keyof ScalarRules): boolean => RANGES[name].some((range) => isIn(range, version));
  return { syncAfterAlu: has('syncAfterAlu') };
}
