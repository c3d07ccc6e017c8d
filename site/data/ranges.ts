import type { Located, Ranges } from './explorer-data.ts';

/** Whether a kernel is among them. */
export function holds(ranges: Ranges, position: number): boolean {
  for (let at = 0; at < ranges.length; at += 2) {
    if (position >= (ranges[at] ?? Infinity) && position <= (ranges[at + 1] ?? -1)) return true;
  }
  return false;
}

/** All kernels that are among them, ascending. */
export function positionsOf(ranges: Ranges): readonly number[] {
  const positions: number[] = [];
  for (let at = 0; at < ranges.length; at += 2) {
    const last = ranges[at + 1] ?? -1;
    for (let position = ranges[at] ?? 0; position <= last; position++) positions.push(position);
  }
  return positions;
}

/** The ranges of kernels given in any order, and more than once. */
export function rangesOf(positions: Iterable<number>): Ranges {
  const ranges: number[] = [];
  for (const position of [...new Set(positions)].sort((a, b) => a - b)) {
    if (ranges.at(-1) === position - 1) ranges[ranges.length - 1] = position;
    else ranges.push(position, position);
  }
  return ranges;
}

/** The kernels of all of them. */
export function union(all: readonly Ranges[]): Ranges {
  return rangesOf(all.flatMap(positionsOf));
}

/** The kernels that are among both. */
export function intersection(a: Ranges, b: Ranges): Ranges {
  return a === b ? a : rangesOf(positionsOf(a).filter((position) => holds(b, position)));
}

/** The newest kernel among them; undefined where there is none. */
export function newestOf(ranges: Ranges): number | undefined {
  return ranges.at(-1);
}

/** The line that something stands at in a kernel; undefined where that is not known. */
export function lineIn({ kernels, lines }: Located, position: number): number | undefined {
  const line = lines?.[positionsOf(kernels).indexOf(position)];
  return line === 0 ? undefined : line;
}
