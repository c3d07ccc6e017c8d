import type { Located, Ranges } from '../../site/data/explorer-data.ts';
import type { LinesByKernel } from '../declarations/model.ts';

/** Something in a source file, as one kernel has it. */
export interface InKernel<T> {
  readonly version: string;
  readonly value: T;
  readonly lines: LinesByKernel | undefined;
}

/**
 * Brings together what several kernels have alike, in the order of first appearance.
 *
 * @param items values that are the same if they are the same in JSON
 * @param versions all kernels, oldest first
 */
export function foldKernels<T extends { readonly source: string }>(
  items: readonly InKernel<T>[],
  versions: readonly string[],
): readonly (T & Located)[] {
  const folded = new Map<string, { readonly value: T; readonly lineIn: Map<string, number> }>();
  for (const { version, value, lines } of items) {
    const key = JSON.stringify(value);
    const known = folded.get(key) ?? { value, lineIn: new Map<string, number>() };
    folded.set(key, known);
    // What a set has twice alike stands where it is first.
    if (!known.lineIn.has(version)) known.lineIn.set(version, lineOf(lines, version) ?? 0);
  }
  return [...folded.values()].map(({ value, lineIn }) => {
    const lines = versions.flatMap((version) => lineIn.get(version) ?? []);
    const kernels = rangesOf(versions, lineIn);
    return { ...value, kernels, ...(lines.some((line) => line > 0) ? { lines } : {}) };
  });
}

/** The positions of the versions that are held. */
function rangesOf(versions: readonly string[], held: ReadonlyMap<string, unknown>): Ranges {
  const ranges: number[] = [];
  for (const [position, version] of versions.entries()) {
    if (!held.has(version)) continue;
    if (ranges.at(-1) === position - 1) ranges[ranges.length - 1] = position;
    else ranges.push(position, position);
  }
  return ranges;
}

function lineOf(lines: LinesByKernel | undefined, version: string): number | undefined {
  return lines === undefined || !Object.hasOwn(lines, version) ? undefined : lines[version];
}
