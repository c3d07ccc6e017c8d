/** A line that is no instruction. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
  /** From 1. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${String(line)}: ${message}`);
    this.line = line;
  }
}

/** Whether something caught is an AssemblyError. */
export function isAssemblyError(error: unknown): error is AssemblyError {
  return error instanceof AssemblyError;
}
