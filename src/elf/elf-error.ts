/**
 * What can be wrong with an ELF file. `not-elf`: it has another magic. `unsupported`: a class, byte order, version or
 * machine that is not read. `truncated`: the file ends inside something. `out-of-range`: an offset, index or size
 * points outside of what it is about. `bad-size`: an entry size or a table size that cannot be. `bad-strings`: a
 * string table without end. `overlap`: two sections share bytes. `too-many`: more than the stated limit.
 */
export type ElfErrorCode =
  'not-elf' | 'unsupported' | 'truncated' | 'out-of-range' | 'bad-size' | 'bad-strings' | 'overlap' | 'too-many';

/** An ELF file that cannot be read, or not be written as asked. */
export class ElfError extends Error {
  override readonly name = 'ElfError';
  readonly code: ElfErrorCode;
  /** The field it is about, as the ELF specification calls it (`sh_offset`). */
  readonly field: string;
  /** Where that field is, in bytes from the start of the file. */
  readonly offset: number;

  constructor(code: ElfErrorCode, field: string, offset: number, message: string) {
    super(`ELF: ${message} (${field} at byte ${String(offset)})`);
    this.code = code;
    this.field = field;
    this.offset = offset;
  }
}

/** Whether something caught is an ElfError. */
export function isElfError(error: unknown): error is ElfError {
  return error instanceof ElfError;
}
