/** Measures that can be read in the performance panel of a browser, and by tests. */
type Measure = 'explorer:first-data' | 'explorer:search';

/** Measures from the start of loading to now: what was asked for is in the document. */
export function measureFirstData(): void {
  if (performance.getEntriesByName('explorer:first-data').length > 0) return;
  measure('explorer:first-data', 0);
}

/** Measures a search, from the key that was pressed to the results in the document. */
export function measureSearch(start: number): void {
  measure('explorer:search', start);
}

function measure(name: Measure, start: number): void {
  performance.measure(name, { start, end: performance.now() });
}
