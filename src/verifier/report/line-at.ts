import type { SourceLine } from '../../program/program.ts';

/** The source line that a slot was made of; undefined if there is no line information before it. */
export function lineAt(lines: readonly SourceLine[], slot: number): SourceLine | undefined {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.slot ?? 0) <= slot) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1];
}
