import { isPair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Edit } from '../importers/merge/apply-edits.ts';
import { contentEnd, NotEditable, startOf } from './node-range.ts';
import { columnOf, isFirstInLine, lineEnd } from './text-lines.ts';

/**
 * The edits that add an item at the end of a collection in brackets: on the line of the last, or on one of its own
 * where the last has one.
 *
 * @param spell gives the item, whose later lines begin in a column
 */
export function insertInFlow(
  text: string,
  node: YAMLMap | YAMLSeq,
  spell: (column: number) => string,
): readonly Edit[] {
  const start = startOf(node);
  const close = (node.range?.[1] ?? 0) - 1;
  const last: unknown = node.items.at(-1);
  if (last === undefined) {
    return intoEmpty(text, start, close, spell);
  }
  const lastStart = startOf(isPair(last) ? last.key : last);
  const lastEnd = contentEnd(text, last);
  // Behind the last item come white space, comments, and maybe a comma.
  const tail = text.slice(lastEnd, close).replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length));
  const comma = tail.indexOf(',');
  const end = comma === -1 ? lastEnd : lastEnd + comma + 1;
  const column = columnOf(text, lastStart);
  if (isFirstInLine(text, lastStart) && lineEnd(text, end) < close) {
    const at = lineEnd(text, end);
    const item = `\n${' '.repeat(column)}${spell(column)}${comma === -1 ? '' : ','}`;
    return comma === -1
      ? [
          { start: lastEnd, end: lastEnd, text: ',' },
          { start: at, end: at, text: item },
        ]
      : [{ start: at, end: at, text: item }];
  }
  const item = spell(lineColumn(text, start));
  return [{ start: end, end, text: comma === -1 ? `,${gap(text, node)}${item}` : `${gap(text, node)}${item},` }];
}

function intoEmpty(text: string, start: number, close: number, spell: (column: number) => string): readonly Edit[] {
  if (text.slice(start + 1, close).trim() !== '') {
    throw new NotEditable();
  }
  const pad = text[start] === '{' && close === start + 1 ? ' ' : text.slice(start + 1, close).includes(' ') ? ' ' : '';
  return [{ start: start + 1, end: close, text: `${pad}${spell(lineColumn(text, start))}${pad}` }];
}

/** The indent of the line of an offset. */
function lineColumn(text: string, at: number): number {
  const column = columnOf(text, at);
  return /^[ ]*/.exec(text.slice(at - column))?.[0].length ?? 0;
}

/** What stands between a comma and the next item. */
function gap(text: string, { items }: YAMLMap | YAMLSeq): string {
  const [first, second] = items.slice(-2);
  if (second === undefined) {
    return ' ';
  }
  const between = text.slice(contentEnd(text, first), startOf(isPair(second) ? second.key : second));
  return /^,[ ]*$/.test(between) ? between.slice(1) : ' ';
}
