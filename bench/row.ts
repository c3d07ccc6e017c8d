/** One line of the table. */
export interface Row {
  readonly name: string;
  /** What was measured, as a ratio or in the unit given. */
  readonly value: number;
  readonly unit: string;
  /** The figure that it should stay under. */
  readonly limit: number;
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
