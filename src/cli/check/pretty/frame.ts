import type { CodePlace } from '../../../../generated/types/check-report.ts';
import { visible } from '../../../../generator/diagnostics/format/frame.ts';
import { cut } from '../../../../generator/diagnostics/format/text-layout.ts';

/** Indentation that is kept of a source line. */
const INDENT = 2;

/**
 * A place as lines to look at: the source line with a caret under its column, or else the instruction.
 *
 * @param caret colours the caret
 */
export function placeFrame(place: CodePlace, width: number, caret: (text: string) => string): readonly string[] {
  const { source, insn, instruction } = place;
  if (source === undefined || source.text.trim() === '') {
    return instruction === undefined ? [] : [cut(`${String(insn)} | ${visible(instruction)}`, width)];
  }
  const text = source.text.replaceAll('\t', ' ').trimEnd();
  const margin = text.length - text.trimStart().length;
  const number = String(source.line);
  const gutter = ' '.repeat(number.length);
  const shown = `${' '.repeat(Math.min(INDENT, margin))}${text.trimStart()}`;
  const column = source.column - 1 - margin + Math.min(INDENT, margin);
  const room = width - number.length - 3;
  const from = column > room - 10 ? Math.max(0, column - 10) : 0;
  const line = `${number} | ${visible(cut(`${from > 0 ? '…' : ''}${shown.slice(from)}`, room))}`;
  if (source.column < 1 || column < 0 || column > shown.length) return [line];
  return [line, `${gutter} | ${' '.repeat(column - from + (from > 0 ? 1 : 0))}${caret('^')}`];
}

/** `leak.bpf.c:35:1`; undefined where nothing is known of the source. */
export function sourcePosition({ source }: CodePlace): string | undefined {
  if (source === undefined) return undefined;
  const column = source.column < 1 ? '' : `:${String(source.column)}`;
  return `${visible(source.file)}:${String(source.line)}${column}`;
}
