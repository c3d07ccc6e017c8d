import type { BranchStep, CheckResult, CodePlace } from '../../../../generated/types/check-report.ts';
import { visible } from '../../../../generator/diagnostics/format/frame.ts';
import { cut, sourceText } from './text-layout.ts';

/** A path that is longer is shown by its beginning and its end. */
const FIRST = 2;
const LAST = 6;

interface Row {
  readonly place: string;
  readonly text: string;
  readonly way: string;
  times: number;
}

/** The branches that lead to a finding, a line each. */
export function pathLines({ path = [], path_omitted: omitted = 0 }: CheckResult, width: number): readonly string[] {
  const rows = path.reduce<Row[]>((all, step) => addStep(all, rowOf(step, mainFile(path))), []);
  const hidden = rows.length > FIRST + LAST + 1 ? rows.slice(FIRST, -LAST) : [];
  const kept = hidden.length === 0 ? rows : rows.filter((row) => !hidden.includes(row));
  const placeWidth = Math.max(0, ...kept.map(({ place }) => place.length));
  const wayWidth = Math.max(0, ...kept.map((row) => wayOf(row).length));
  const textRoom = Math.max(12, width - placeWidth - wayWidth - 4);
  const textWidth = Math.min(textRoom, Math.max(0, ...kept.map(({ text }) => text.length)));
  const lines = kept.map((row) =>
    `${row.place.padEnd(placeWidth)}  ${cut(row.text, textWidth).padEnd(textWidth)}  ${wayOf(row)}`.trimEnd(),
  );
  const count = hidden.reduce((sum, { times }) => sum + times, 0) + omitted;
  return count === 0 ? lines : [...lines.slice(0, FIRST), `… ${String(count)} more`, ...lines.slice(FIRST)];
}

/** A loop goes the same way again and again. */
function addStep(rows: Row[], row: Row): Row[] {
  const last = rows.at(-1);
  if (last?.place === row.place && last.text === row.text && last.way === row.way) last.times++;
  else rows.push(row);
  return rows;
}

function wayOf({ way, times }: Row): string {
  return times > 1 ? `${way}, ${String(times)} times` : way;
}

function mainFile([first]: readonly BranchStep[]): string | undefined {
  return first?.from.source?.file;
}

function rowOf(step: BranchStep, file: string | undefined): Row {
  const { source, insn, instruction } = step.from;
  const where = shortPlace(step.from, file);
  return {
    place: where,
    text:
      source === undefined || source.text.trim() === ''
        ? visible(instruction ?? String(insn))
        : sourceText(source.text),
    way: way(step, file),
    times: 1,
  };
}

function way({ kind, condition, to }: BranchStep, file: string | undefined): string {
  const place = to.source === undefined ? shortPlace(to, file) : `line ${shortPlace(to, file).replace(/:\d+$/, '')}`;
  switch (kind) {
    case 'call':
      return `calls the function at ${place}`;
    case 'callback':
      return `the helper calls the function at ${place}`;
    case 'return':
      return `returns to ${place}`;
    case 'taken':
    case 'not-taken':
      return condition === undefined ? `goes on at ${place}` : `${condition}: goes on at ${place}`;
  }
}

/** `34:6`, with the file where it is another one; the instruction where nothing is known of the source. */
function shortPlace({ source, insn }: CodePlace, file: string | undefined): string {
  if (source === undefined) return `insn ${String(insn)}`;
  const column = source.column < 1 ? '' : `:${String(source.column)}`;
  const position = `${String(source.line)}${column}`;
  return source.file === file ? position : `${visible(source.file)}:${position}`;
}
