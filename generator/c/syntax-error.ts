/** Why a piece of C could not be read, and where in it. */
export class CSyntaxError extends Error {
  readonly code = 'c-syntax';
  /** Offset into the text that was read. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'CSyntaxError';
    this.offset = offset;
  }
}

/** Runs a parser; what it can't read comes back as the error. */
export function attempt<T>(parse: () => T): T | CSyntaxError {
  try {
    return parse();
  } catch (error) {
    if (error instanceof CSyntaxError) {
      return error;
    }
    throw error;
  }
}
