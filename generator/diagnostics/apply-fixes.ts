import type { Diagnostic } from './diagnostic.ts';

/**
 * The text of a file with the fixes of its findings made, from the back so that positions stay right. A fix that would
 * leave a text that is not sound, or that overlaps one made before, is left out.
 *
 * @param isSound whether a text can still be read
 */
export function applyFixes(
  text: string,
  diagnostics: readonly Diagnostic[],
  isSound: (text: string) => boolean,
): { text: string; applied: number } {
  const fixes = diagnostics.map(({ fix }) => fix.toSorted((a, b) => b.range.start - a.range.start));
  const sorted = fixes.toSorted((a, b) => (b[0]?.range.start ?? 0) - (a[0]?.range.start ?? 0));
  let result = text;
  let applied = 0;
  let untouched = text.length;
  for (const edits of sorted) {
    const [last] = edits;
    if (last === undefined || last.range.end > untouched) {
      continue;
    }
    const candidate = edits.reduce(
      (edited, { range, newText }) => edited.slice(0, range.start) + newText + edited.slice(range.end),
      result,
    );
    if (isSound(candidate)) {
      result = candidate;
      applied++;
      untouched = Math.min(...edits.map(({ range }) => range.start));
    }
  }
  return { text: result, applied };
}
