/** Where the line of an offset begins. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line of an offset ends: before its line feed, and the carriage return of that. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
}

/** The column of an offset, from 0. */
export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Whether nothing but white space stands before an offset in its line. */
export function isFirstInLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}

/** Where a line ends, with the lines below it that are comments indented by more than a column: they belong to it. */
export function endWithComments(text: string, at: number, column: number): number {
  let end = lineEnd(text, at);
  for (;;) {
    const next = text.indexOf('\n', end) + 1;
    const indent = next === 0 ? undefined : /^( *)#/.exec(text.slice(next, lineEnd(text, next)))?.[1];
    if (indent === undefined || indent.length <= column) {
      return end;
    }
    end = lineEnd(text, next);
  }
}
