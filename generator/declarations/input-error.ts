/** A file or folder that can't be read: nothing in it is judged. */
export class InputError extends Error {
  readonly code = 'input';
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`cannot read ${path}: ${reason}`);
    this.name = 'InputError';
    this.path = path;
  }
}

/** The error for what a file system call threw. */
export function inputError(path: string, error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is no folder',
    ELOOP: 'too many symbolic links',
    ENAMETOOLONG: 'the name is too long',
  };
  return new InputError(path, reasons[code] ?? (error instanceof Error ? error.message : String(error)));
}
