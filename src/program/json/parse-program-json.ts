import { validate } from '../../../generated/types/program.validate.js';
import type { Btf } from '../../btf/btf.ts';
import type { MapCase } from '../map-case.ts';
import type { Program } from '../program.ts';
import { ProgramJsonError, type JsonSource } from './program-json-error.ts';
import { readCase } from './read-case.ts';
import { schemaProblems } from './schema-problems.ts';

export interface ProgramJsonOptions extends JsonSource {
  /**
   * The BTF of a name that a document gives in `btf`; undefined if there is none of that name. What it throws comes
   * through.
   */
  readonly btfOf: (name: string) => Btf | undefined;
}

/**
 * Parses a raw program, or operations on maps, as schemas/program.schema.json has them.
 *
 * @param input the text of one document, or what JSON.parse() made of it
 * @throws ProgramJsonError with everything that is wrong
 */
export function parseProgramJson(input: unknown, options: ProgramJsonOptions): Program | MapCase {
  const data = typeof input === 'string' ? parseJson(input, options) : input;
  if (!validate(data)) throw new ProgramJsonError('schema', options, schemaProblems(validate.errors ?? [], data));
  return readCase(data, options);
}

/** Whether something that was parsed is operations on maps, and no program. */
export function isMapCase(parsed: Program | MapCase): parsed is MapCase {
  return 'ops' in parsed;
}

function parseJson(text: string, source: JsonSource): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof SyntaxError ? error.message : String(error);
    throw new ProgramJsonError('syntax', source, [{ pointer: '', message }]);
  }
}
