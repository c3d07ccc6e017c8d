import { readFileSync } from 'node:fs';
import { InputError, inputError } from '../../../generator/declarations/input-error.ts';
import type { MapCase } from '../../program/map-case.ts';
import { parseProgramJson, type ProgramJsonOptions } from '../../program/json/parse-program-json.ts';
import { isProgramJsonError } from '../../program/json/program-json-error.ts';
import { readProgramLine } from '../../program/json/program-lines.ts';
import type { Program } from '../../program/program.ts';
import { btfBeside } from './case-btf.ts';
import { LoadRefusal, type InputProgram } from './input.ts';
import { readLines } from './read-lines.ts';

/** The one program of a .json file. @throws InputError if it can't be used */
export function jsonProgram(file: string): InputProgram {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw inputError(file, error);
  }
  try {
    const parsed = parseProgramJson(text, { file, btfOf: btfBeside(file) });
    return { kind: 'program', file, line: undefined, id: parsed.id, loadFor: () => parsed };
  } catch (error) {
    if (!isProgramJsonError(error)) throw error;
    const problems = error.problems.map(({ pointer, message }) =>
      pointer === '' ? message : `${pointer}: ${message}`,
    );
    throw new InputError(file, problems.join('; '));
  }
}

/**
 * The programs of a .jsonl file, one a line. A bad line is a program that no kernel gets to see: it loses no other.
 *
 * @throws InputError if the file can't be read
 */
export function* jsonLinePrograms(file: string): Generator<InputProgram> {
  const options = { file, btfOf: btfBeside(file) };
  let line = 0;
  for (const content of readLines(file)) {
    line++;
    if (content.trim() !== '') yield lineProgram(content, line, options);
  }
}

/** It is read when it is judged: the lines of other shards never are. */
function lineProgram(
  content: string,
  line: number,
  options: ProgramJsonOptions & { readonly file: string },
): InputProgram {
  const place = `${options.file}:${String(line)}`;
  let read: Program | MapCase | LoadRefusal | undefined;
  return {
    kind: 'program',
    file: options.file,
    line,
    id: place,
    loadFor: () => {
      read ??= readLine(content, line, options, place);
      if (read instanceof LoadRefusal) throw read;
      return read;
    },
  };
}

function readLine(
  content: string,
  line: number,
  options: ProgramJsonOptions,
  place: string,
): Program | MapCase | LoadRefusal {
  try {
    const read = readProgramLine(content, line, options);
    return read.parsed ?? new LoadRefusal(read.error.message, read.id);
  } catch (error) {
    // Of the BTF that it names.
    if (error instanceof InputError) return new LoadRefusal(`${place}: ${error.message}`);
    throw error;
  }
}
