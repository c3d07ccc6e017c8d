import type { MapCase } from '../program/map-case.ts';
import { parseProgramJson, type ProgramJsonOptions } from '../program/json/parse-program-json.ts';
import { readProgramLine } from '../program/json/program-lines.ts';
import type { Program } from '../program/program.ts';
import { LoadRefusal, type Candidate } from './candidate.ts';

/**
 * The program of a JSON document, as schemas/program.schema.json has it.
 *
 * @throws ProgramJsonError with everything that is wrong, and what `btfOf` throws
 */
export function jsonCandidate(text: string, options: ProgramJsonOptions): Candidate {
  const parsed = parseProgramJson(text, options);
  return { id: parsed.id, loadFor: () => parsed };
}

/**
 * The program of a line of such documents. It is read when it is judged; one that can't be read is a program that no
 * kernel gets to see, and loses no other.
 *
 * @param line its number, from 1
 * @param options what `btfOf` throws comes through when the program is loaded
 */
export function jsonLineCandidate(
  content: string,
  line: number,
  options: ProgramJsonOptions & { readonly file: string },
): Candidate {
  let read: Program | MapCase | LoadRefusal | undefined;
  return {
    id: `${options.file}:${String(line)}`,
    loadFor: () => {
      read ??= readLine(content, line, options);
      if (read instanceof LoadRefusal) throw read;
      return read;
    },
  };
}

function readLine(content: string, line: number, options: ProgramJsonOptions): Program | MapCase | LoadRefusal {
  const read = readProgramLine(content, line, options);
  return read.parsed ?? new LoadRefusal(read.error.message, read.id);
}
