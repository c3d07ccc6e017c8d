import { lineText, positionAt, type Range, type SourceFile } from '../source-file.ts';

/**
 * The line of a range with carets under it, as two lines of text; none for a file without text.
 *
 * @param width columns there are; a longer line is cut around the range
 */
export function frame(
  file: SourceFile,
  range: Range,
  caret: (text: string) => string,
  width: number,
): readonly string[] {
  if (file.text === '') {
    return [];
  }
  const { line, column } = positionAt(file, range.start);
  const text = lineText(file, line).replaceAll('\t', ' ');
  const number = String(line);
  // The number, what stands around it, and the signs that something is cut off.
  const room = Math.max(NARROWEST, width - number.length - 5);
  const from = column - 1 > room - Math.min(20, room / 2) ? column - 1 - Math.min(20, Math.floor(room / 2)) : 0;
  const cut = text.length > from + room ? '…' : '';
  const shown = visible(text.slice(from, from + room));
  const length = Math.max(
    1,
    Math.min(range.end - range.start, text.length - column + 1, shown.length - (column - 1 - from)),
  );
  const gutter = ' '.repeat(number.length);
  const indent = ' '.repeat(column - 1 - from);
  return [
    `${number} | ${from > 0 ? '…' : ''}${shown}${cut}`,
    `${gutter} | ${from > 0 ? ' ' : ''}${indent}${caret('^'.repeat(length))}`,
  ];
}

/** Columns of the line that are shown, however narrow the terminal. */
const NARROWEST = 20;

/** Control characters would move the terminal's cursor or change its colours: each is shown as one sign. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '\ufffd');
}
