import { gunzipSync } from 'node:zlib';
import { ImageError, MAX_IMAGE_BYTES, requireImageSize } from './image-error.ts';
import { decompressLz4 } from './lz4.ts';
import { decompressXz } from './xz.ts';

/** A compression, by the bytes that it begins with. */
interface Format {
  readonly magic: readonly number[];
  readonly decompress: (bytes: Uint8Array, size: number | undefined) => Uint8Array | Promise<Uint8Array>;
}

const FORMATS: readonly Format[] = [
  { magic: [0x1f, 0x8b], decompress: (bytes) => gunzipSync(bytes, { maxOutputLength: MAX_IMAGE_BYTES }) },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], decompress: decompressZstd },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], decompress: decompressXz },
  { magic: [0x02, 0x21, 0x4c, 0x18], decompress: decompressLz4 },
];

/**
 * Unpacks gzip, xz, zstd and (as the kernel uses it, in the legacy format) lz4.
 *
 * @param size of what is unpacked, where it is known; bytes behind the compressed data are allowed then
 * @throws ImageError
 */
export async function decompress(bytes: Uint8Array, size: number | undefined): Promise<Uint8Array> {
  const format = FORMATS.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte));
  if (format === undefined) throw new ImageError('unsupported', 'neither an ELF file nor a compression that is known');
  requireImageSize(size ?? 0);
  try {
    return await format.decompress(bytes, size);
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError('corrupt', `cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** With the size known the library writes straight to where it belongs; without, large windows take it ten times as long. */
async function decompressZstd(bytes: Uint8Array, size: number | undefined): Promise<Uint8Array> {
  const { decompress: unpack } = await import('fzstd');
  return size === undefined ? unpack(bytes) : unpack(bytes.subarray(0, -4), new Uint8Array(size));
}
