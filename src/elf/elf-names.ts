import { ElfError } from './elf-error.ts';
import type { ElfImage } from './elf-image.ts';
import type { ElfSection } from './elf-section.ts';
import { readString } from './elf-strings.ts';

/** Longer names are refused: many that share one long text would take the square of the file's size to read. */
export const MAX_NAME_BYTES = 4096;

/**
 * The name at `offset` of a string table that requireStrings() has passed.
 *
 * @param field what gave the offset, and `at`, where that field is in the file
 * @throws ElfError `out-of-range` beyond the table, `bad-strings` if it is longer than MAX_NAME_BYTES
 */
export function readName(image: ElfImage, table: ElfSection, offset: number, field: string, at: number): string {
  if (offset === 0) return '';
  if (offset >= table.size) {
    throw new ElfError('out-of-range', field, at, `name at ${String(offset)}, of ${String(table.size)}`);
  }
  const start = table.offset + offset;
  const end = Math.min(table.offset + table.size, start + MAX_NAME_BYTES + 1);
  if (image.bytes.subarray(start, end).indexOf(0) === -1) {
    throw new ElfError('bad-strings', field, at, `a name of more than ${String(MAX_NAME_BYTES)} bytes`);
  }
  return readString(image.bytes, start, end);
}
