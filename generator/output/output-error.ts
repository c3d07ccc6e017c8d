/**
 * What can go wrong with the output folder. `bad-path`: a target emitted a path that cannot be; a defect of ours.
 * `not-a-folder`, `link`, `foreign-file`: something that is not the generator's stands in the way. `interrupted`: a
 * signal came before anything was replaced. `io`: the system refused.
 */
export type OutputErrorCode = 'bad-path' | 'not-a-folder' | 'link' | 'foreign-file' | 'interrupted' | 'io';

/** The output could not be written. The old output is as it was, unless the message says otherwise. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  readonly code: OutputErrorCode;
  /** The file or folder it is about. */
  readonly path: string;

  constructor(code: OutputErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.path = path;
  }
}

/** Whether something caught is an OutputError. */
export function isOutputError(error: unknown): error is OutputError {
  return error instanceof OutputError;
}

/** Runs what touches files; what the system refuses becomes an OutputError about the path. */
export function withPath<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (isOutputError(error)) {
      throw error;
    }
    throw new OutputError('io', path, `${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
