import { lineText, positionAt, type Range, type SourceFile } from '../source-file.ts';

/** Lines longer than this are cut around the range. */
const MAX_WIDTH = 120;

/** The line of a range with carets under it, as two lines of text; none for a file without text. */
export function frame(file: SourceFile, range: Range, caret: (text: string) => string): readonly string[] {
  if (file.text === '') {
    return [];
  }
  const { line, column } = positionAt(file, range.start);
  const text = lineText(file, line).replaceAll('\t', ' ');
  const from = column - 1 > MAX_WIDTH - 20 ? column - 21 : 0;
  const shown = visible(text.slice(from, from + MAX_WIDTH));
  const length = Math.max(
    1,
    Math.min(range.end - range.start, text.length - column + 1, shown.length - (column - 1 - from)),
  );
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const indent = ' '.repeat(column - 1 - from);
  return [
    `${number} | ${from > 0 ? '…' : ''}${shown}`,
    `${gutter} | ${from > 0 ? ' ' : ''}${indent}${caret('^'.repeat(length))}`,
  ];
}

/** Control characters would move the terminal's cursor or change its colours: each is shown as one sign. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd');
}
