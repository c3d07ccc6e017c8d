import { readFileSync } from 'node:fs';
import { InputError, inputError } from '../../../generator/declarations/input-error.ts';
import { LoadRefusal } from '../../judge/candidate.ts';
import { jsonCandidate, jsonLineCandidate } from '../../judge/json-candidates.ts';
import { isProgramJsonError } from '../../program/json/program-json-error.ts';
import { btfBeside } from './case-btf.ts';
import type { InputProgram } from './input.ts';
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
    return { ...jsonCandidate(text, { file, btfOf: btfBeside(file) }), kind: 'program', file, line: undefined };
  } catch (error) {
    if (!isProgramJsonError(error)) throw error;
    const problems = error.problems.map(({ pointer, message }) =>
      pointer === '' ? message : `${pointer}: ${message}`,
    );
    throw new InputError(file, problems.join('; '));
  }
}

/**
 * The programs of a .jsonl file, one a line; the lines of other shards are never parsed.
 *
 * @throws InputError if the file can't be read
 */
export function* jsonLinePrograms(file: string): Generator<InputProgram> {
  const options = { file, btfOf: btfBeside(file) };
  let line = 0;
  for (const content of readLines(file)) {
    line++;
    if (content.trim() === '') continue;
    const { id, loadFor } = jsonLineCandidate(content, line, options);
    const load: InputProgram['loadFor'] = (judge) => {
      try {
        return loadFor(judge);
      } catch (error) {
        // Of the BTF that it names.
        throw error instanceof InputError ? new LoadRefusal(`${id}: ${error.message}`) : error;
      }
    };
    yield { kind: 'program', file, line, id, loadFor: load };
  }
}
