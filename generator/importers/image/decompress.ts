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

/**
 * The size has to be known: it bounds what is unpacked, and without it the library takes ten times as long for the large
 * windows that the kernel build uses.
 */
async function decompressZstd(bytes: Uint8Array, size: number | undefined): Promise<Uint8Array> {
  const unpackedBytes = size ?? zstdSize(bytes);
  if (unpackedBytes === undefined) throw new ImageError('unsupported', 'zstd that does not say how much it holds');
  requireImageSize(unpackedBytes);
  const { decompress: unpack } = await import('fzstd');
  const output = unpack(size === undefined ? bytes : bytes.subarray(0, -4), new Uint8Array(unpackedBytes));
  if (output.length !== unpackedBytes) throw new ImageError('corrupt', 'it unpacks to another size than it says');
  return output;
}

/** The size in the header of a frame (RFC 8878, 3.1.1.1), where it is there. */
function zstdSize(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const descriptor = view.getUint8(4);
  const isSingle = (descriptor & 0x20) !== 0;
  const at = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  switch (descriptor >> 6) {
    case 0:
      return isSingle ? view.getUint8(at) : undefined;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}
