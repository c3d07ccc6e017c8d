import type { ProbeReport } from '../../generated/types/probe-report.ts';
import type { Kernel } from '../../generated/types/kernel.ts';
import { compareVersions } from '../declarations/kernel-range.ts';

/** A kernel of the registry, and how it came to be the one. */
export interface ChosenKernel {
  readonly kernel: Kernel;
  readonly chosen: ProbeReport['chosen'];
}

/**
 * The kernel of the registry for a release as uname(2) gives it: that of its series, else the newest that is older, else
 * the oldest.
 *
 * @param kernels oldest first
 * @returns undefined where the release does not begin with a version, or there are no kernels
 */
export function kernelOfRelease(release: string, kernels: readonly Kernel[]): ChosenKernel | undefined {
  const series = /^\d+\.\d+(?!\d)/.exec(release)?.[0];
  if (series === undefined) {
    return undefined;
  }
  const version = `v${series}`;
  const same = kernels.find((kernel) => kernel.version === version);
  if (same !== undefined) {
    return { kernel: same, chosen: 'release' };
  }
  const nearest = kernels.findLast((kernel) => compareVersions(kernel.version, version) < 0) ?? kernels[0];
  return nearest && { kernel: nearest, chosen: 'nearest' };
}
