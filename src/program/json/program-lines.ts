import type { MapCase } from '../map-case.ts';
import type { Program } from '../program.ts';
import { parseProgramJson, type ProgramJsonOptions } from './parse-program-json.ts';
import type { ProgramJsonError } from './program-json-error.ts';
import { isProgramJsonError } from './program-json-error.ts';

/** What one line of a .jsonl holds. */
export type ProgramLine =
  | { readonly line: number; readonly parsed: Program | MapCase }
  /** A line that can't be used; `id` is what it calls itself, if that much can be read. */
  | {
      readonly line: number;
      readonly parsed: undefined;
      readonly id: string | undefined;
      readonly error: ProgramJsonError;
    };

/**
 * Reads raw programs, one a line; empty lines count and are passed over. A bad line loses no other line.
 *
 * @param text of the file
 * @param options.file for messages
 */
export function* readProgramLines(text: string, options: Omit<ProgramJsonOptions, 'line'>): Generator<ProgramLine> {
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    const content = text.slice(start, end);
    start = end + 1;
    if (content.trim() !== '') yield readProgramLine(content, line, options);
  }
}

/** Reads one line, by its number from 1. */
export function readProgramLine(content: string, line: number, options: Omit<ProgramJsonOptions, 'line'>): ProgramLine {
  const lineOptions = { ...options, line };
  try {
    return { line, parsed: parseProgramJson(content, lineOptions) };
  } catch (error) {
    if (!isProgramJsonError(error)) throw error;
    return { line, parsed: undefined, id: error.code === 'syntax' ? undefined : idOf(content), error };
  }
}

function idOf(content: string): string | undefined {
  const data = JSON.parse(content) as unknown;
  const id: unknown = typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
