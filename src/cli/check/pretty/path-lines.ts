import type { CheckResult, CodePlace, PathStep } from '../../../../generated/types/check-report.ts';
import { visible } from '../../../../generator/diagnostics/format/frame.ts';
import { cut, sourceText, wrap } from '../../../../generator/diagnostics/format/text-layout.ts';
import { shortNames } from '../../../verifier/report/short-names.ts';
import { stepText } from '../../../verifier/report/step-text.ts';

/** A path that is longer is shown by its beginning and its end. */
const FIRST = 2;
const LAST = 6;

interface Row {
  readonly place: string;
  readonly text: string;
  readonly way: string;
}

/** What leads to a finding, a line a step: branches, and references acquired and released. */
export function pathLines(
  { place, path = [], path_omitted: omitted = 0 }: CheckResult,
  width: number,
): readonly string[] {
  const hidden = path.length > FIRST + LAST + 1 ? path.slice(FIRST, -LAST) : [];
  const kept = hidden.length === 0 ? path : [...path.slice(0, FIRST), ...path.slice(-LAST)];
  // The file that the finding names needs no other mention; of others the name will do.
  const file = place?.source?.file ?? path[0]?.from.source?.file;
  const files = path.flatMap(({ from, to }) => [from, to]).flatMap(({ source }) => source?.file ?? []);
  const names = shortNames(file === undefined ? files : [file, ...files]);
  const rows = kept.map((step) => rowOf(step, { file, names }));
  const placeWidth = Math.max(0, ...rows.map(({ place }) => place.length));
  const wayWidth = Math.max(0, ...rows.map(({ way }) => way.length));
  const textWidth = Math.min(WIDEST, Math.max(0, ...rows.map(({ text }) => text.length)));
  const room = width - placeWidth - wayWidth - 4;
  const lines = rows.map(({ place, text, way }) => {
    const start = `${place.padEnd(placeWidth)}  `;
    if (room < Math.min(NARROWEST, textWidth)) {
      const indent = ' '.repeat(INDENT + Math.min(placeWidth, INDENT));
      const ways = wrap(way, width - indent.length).map((each) => `\n${indent}${each}`);
      return `${start}${cut(text, width - start.length)}${ways.join('')}`;
    }
    const columns = Math.min(room, textWidth);
    return `${start}${cut(text, columns).padEnd(columns)}  ${way}`.trimEnd();
  });
  const count = hidden.reduce((sum, { times = 1 }) => sum + times, 0) + omitted;
  const shown = count === 0 ? lines : [...lines.slice(0, FIRST), `… ${String(count)} more`, ...lines.slice(FIRST)];
  return shown.flatMap((line) => line.split('\n'));
}

/** Columns of the source of a step at least: with less room, what happens there has a line of its own. */
const NARROWEST = 12;
/** And at most: the ways are to stand near. */
const WIDEST = 56;
const INDENT = 2;

/** How files are called on the way: the one of the finding goes without saying. */
interface FileNames {
  readonly file: string | undefined;
  readonly names: ReadonlyMap<string, string>;
}

function rowOf(step: PathStep, names: FileNames): Row {
  const { source, insn, instruction } = step.from;
  const hasText = source !== undefined && source.text.trim() !== '';
  return {
    place: positionOf(step.from, names),
    text: hasText ? sourceText(source.text) : visible(instruction ?? String(insn)),
    way: visible(stepText(step, (place) => lineOf(place, names))),
  };
}

/** `34:6`, with the file where it is another one; the instruction where nothing is known of the source. */
function positionOf({ source, insn }: CodePlace, { file, names }: FileNames): string {
  if (source === undefined) return `insn ${String(insn)}`;
  const column = source.column < 1 ? '' : `:${String(source.column)}`;
  return `${source.file === file ? '' : `${visible(names.get(source.file) ?? source.file)}:`}${String(source.line)}${column}`;
}

function lineOf({ source, insn }: CodePlace, { file, names }: FileNames): string {
  if (source === undefined) return `insn ${String(insn)}`;
  return `${source.file === file ? 'line ' : `${visible(names.get(source.file) ?? source.file)}:`}${String(source.line)}`;
}
