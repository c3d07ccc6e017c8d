import { ElfError } from './elf-error.ts';
import type { ElfLayout } from './elf-layout.ts';

/** The bytes of a file, and how its numbers are written. */
export interface ElfImage {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly layout: ElfLayout;
}

/**
 * The one check of bounds: `size` bytes at `offset` have to lie in the first `limit` bytes.
 *
 * @param field what gave the offset or the size, and `at`, where that field is in the file
 * @throws ElfError `out-of-range`
 */
export function requireRange(limit: number, offset: number, size: number, field: string, at: number): void {
  if (offset > limit || size > limit - offset) {
    throw new ElfError('out-of-range', field, at, `${String(size)} bytes at ${String(offset)}, of ${String(limit)}`);
  }
}

/** A 16-bit number; the caller has checked the range. */
export function readHalf(image: ElfImage, offset: number): number {
  return image.view.getUint16(offset, image.littleEndian);
}

/** A 32-bit number; the caller has checked the range. */
export function readUint(image: ElfImage, offset: number): number {
  return image.view.getUint32(offset, image.littleEndian);
}

/** An offset, size or count, 4 or 8 bytes; inexact from 2^53 on, where it is beyond the end of any file anyway. */
export function readWord(image: ElfImage, offset: number): number {
  return image.layout.word === 4
    ? readUint(image, offset)
    : Number(image.view.getBigUint64(offset, image.littleEndian));
}

/** An address, 4 or 8 bytes. */
export function readAddress(image: ElfImage, offset: number): bigint {
  return image.layout.word === 4
    ? BigInt(readUint(image, offset))
    : image.view.getBigUint64(offset, image.littleEndian);
}
