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
    if (run !== undefined && previous !== undefined && isNext && isSuccessor(previous, version)) {
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

/** The release after v6.14 is v6.15; after the last of a series comes the first of the next, v7.0. */
function isSuccessor(before: string, after: string): boolean {
  const [major = 0, minor = 0] = numbersOf(before);
  const [nextMajor = 0, nextMinor = 0] = numbersOf(after);
  return nextMajor === major ? nextMinor === minor + 1 : nextMajor === major + 1 && nextMinor === 0;
}

function numbersOf(version: string): readonly number[] {
  return version.replace('v', '').split('.').map(Number);
}
