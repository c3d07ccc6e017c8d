import type { Diagnostic, TextEdit } from './diagnostic.ts';

/**
 * The text of a file with the fixes of its findings made. Edits that overlap one already taken are left out: they may
 * be offered again by the next run.
 */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[]): { text: string; applied: number } {
  const taken: TextEdit[] = [];
  let applied = 0;
  for (const { fix } of diagnostics) {
    if (fix.length > 0 && !fix.some((edit) => taken.some((other) => overlaps(edit, other)))) {
      taken.push(...fix);
      applied++;
    }
  }
  taken.sort((a, b) => b.range.start - a.range.start);
  let result = text;
  for (const { range, newText } of taken) {
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  }
  return { text: result, applied };
}

function overlaps(a: TextEdit, b: TextEdit): boolean {
  const touching = a.range.start === b.range.start && a.range.end === b.range.end;
  return touching || (a.range.start < b.range.end && b.range.start < a.range.end);
}
