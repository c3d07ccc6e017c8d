/** Keys and indexes that lead from the root of a document to a value. */
export type Path = readonly (string | number)[];

/** Offsets into a file's text, in UTF-16 code units; the end is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Line and column, both from 1; the column counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The part of a mapping entry that a finding points at. */
export type Part = 'key' | 'value';

/** A file that was read: its text, and where the values of its document stand. */
export interface SourceFile {
  /** The path as it is shown: relative to the working folder where it lies below it. */
  readonly name: string;
  readonly text: string;
  /** Offsets at which lines begin. */
  readonly lineStarts: readonly number[];
  /** The range of a value or of its key; of the nearest value around it where the path leads to nothing. */
  readonly locate: (path: Path, part: Part) => Range;
}

/** Offsets at which the lines of a text begin. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** Line and column of an offset. */
export function positionAt(file: SourceFile, offset: number): Position {
  let low = 0;
  let high = file.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((file.lineStarts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return { line: low + 1, column: offset - (file.lineStarts[low] ?? 0) + 1 };
}

/** The text of a line, without its line end. */
export function lineText(file: SourceFile, line: number): string {
  const start = file.lineStarts[line - 1] ?? file.text.length;
  const end = file.lineStarts[line] ?? file.text.length;
  return file.text.slice(start, end).replace(/\r?\n$/, '');
}
