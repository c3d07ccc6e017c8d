import { versionsBetween } from '../../src/diff/versions-between.ts';

/** Kernels that follow each other without a gap, oldest first. */
export interface KernelRun {
  readonly first: string;
  readonly last: string;
}

/**
 * Brings neighbours together: v5.18 to v6.14, then v6.17 to v7.1. A version without a profile is a gap, since nothing is
 * claimed for it.
 *
 * @param versions some kernels, oldest first
 * @param all the kernels that there are, oldest first
 */
export function kernelRuns(versions: readonly string[], all: readonly string[]): readonly KernelRun[] {
  const runs: { first: string; last: string }[] = [];
  let previous: string | undefined;
  for (const version of all.filter((each) => versions.includes(each))) {
    const run = runs.at(-1);
    const isNext = previous !== undefined && all.indexOf(version) === all.indexOf(previous) + 1;
    if (run !== undefined && previous !== undefined && isNext && versionsBetween(previous, version).length === 0) {
      run.last = version;
    } else {
      runs.push({ first: version, last: version });
    }
    previous = version;
  }
  return runs;
}

/** `v5.18–v6.14, v6.17–v7.1`. */
export function kernelRunText(versions: readonly string[], all: readonly string[]): string {
  return kernelRuns(versions, all)
    .map(({ first, last }) => (first === last ? first : `${first}–${last}`))
    .join(', ');
}
