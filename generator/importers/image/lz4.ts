import { ImageError, requireImageSize } from './image-error.ts';

/*
 * Written here because the packages for it are old and read blocks without checks of bounds, and no other reads the
 * legacy format: its magic, then blocks, each with its compressed size before it.
 */

const MAGIC = 0x184c2102;
/** What a block unpacks to at most. */
const BLOCK_BYTES = 8 * 1024 * 1024;
const LEAST_MATCH = 4;

/**
 * Unpacks lz4's legacy format (`lz4 -l`), which the kernel build uses.
 *
 * @param size of what is unpacked; data without it is refused, as only the kernel uses this format
 * @throws ImageError
 */
export function decompressLz4(bytes: Uint8Array, size: number | undefined): Uint8Array {
  if (size === undefined) throw new ImageError('unsupported', 'lz4 in the legacy format outside of a kernel image');
  requireImageSize(size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const output = new Uint8Array(size);
  let at = 4;
  let length = 0;
  while (length < size && at + 4 <= bytes.length) {
    const blockBytes = view.getUint32(at, true);
    at += 4;
    // Files may be put one behind the other.
    if (blockBytes === MAGIC) continue;
    if (blockBytes > bytes.length - at) throw corrupt();
    length = unpackBlock(bytes.subarray(at, at + blockBytes), output, length);
    at += blockBytes;
  }
  if (length !== size) throw corrupt();
  return output;
}

/** @returns the end of what was written */
function unpackBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  const limit = Math.min(output.length, start + BLOCK_BYTES);
  let at = 0;
  let to = start;
  const readLength = (nibble: number): number => {
    let length = nibble;
    for (let more = nibble === 15; more;) {
      const byte = block[at++] ?? 0;
      length += byte;
      more = byte === 255;
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++] ?? 0;
    const literals = readLength(token >> 4);
    if (literals > block.length - at || literals > limit - to) throw corrupt();
    output.set(block.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    // The last sequence has literals only.
    if (at >= block.length) break;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    const match = readLength(token & 15) + LEAST_MATCH;
    if (distance === 0 || distance > to - start || match > limit - to) throw corrupt();
    // A match may reach into what it writes itself, so byte by byte.
    for (const end = to + match; to < end; to++) output[to] = output[to - distance] ?? 0;
  }
  return to;
}

function corrupt(): ImageError {
  return new ImageError('corrupt', 'its lz4 data is malformed');
}
