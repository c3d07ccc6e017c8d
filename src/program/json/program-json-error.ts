/**
 * What can be wrong with a raw program. `syntax`: it is no JSON. `schema`: it does not fit schemas/program.schema.json.
 * `reference`: it refers to something that is not there, or is something else.
 */
export type ProgramJsonErrorCode = 'syntax' | 'schema' | 'reference';

/** One thing that is wrong. */
export interface JsonProblem {
  /** JSON pointer to the value; empty for the whole document. */
  readonly pointer: string;
  /** What belongs there and what stands there instead. */
  readonly message: string;
}

/** Where a raw program stands. */
export interface JsonSource {
  readonly file?: string | undefined;
  /** From 1; of a .jsonl. */
  readonly line?: number | undefined;
}

/** A raw program that can't be used. */
export class ProgramJsonError extends Error {
  override readonly name = 'ProgramJsonError';
  readonly code: ProgramJsonErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  /** At least one. */
  readonly problems: readonly JsonProblem[];

  constructor(code: ProgramJsonErrorCode, { file, line }: JsonSource, problems: readonly JsonProblem[]) {
    const place = [file, line].filter((part) => part !== undefined).join(':');
    const texts = problems.map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`));
    super(`${place === '' ? '' : `${place}: `}${texts.join('; ')}`);
    this.code = code;
    this.file = file;
    this.line = line;
    this.problems = problems;
  }
}

/** Whether something caught is a ProgramJsonError. */
export function isProgramJsonError(error: unknown): error is ProgramJsonError {
  return error instanceof ProgramJsonError;
}
