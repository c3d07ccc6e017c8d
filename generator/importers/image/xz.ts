import { crc32 } from 'node:zlib';
import { ImageError, requireImageSize } from './image-error.ts';
import { undoX86Filter } from './x86-filter.ts';

/*
 * The library has the decoder of LZMA2 but none of the filters, and the kernel build puts the one for x86 before it. So
 * the blocks are taken out of the container, each is given to the library in a container of its own that names LZMA2
 * alone, and the filter is undone on what comes back.
 */

const HEADER_BYTES = 12;
const FOOTER_MAGIC = 0x5a59;
const FILTER = { x86: 0x04, lzma2: 0x21 } as const;
const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] as const;
/** Bytes of the check behind a block, by its number; the others are not used. */
const CHECK_BYTES: Readonly<Record<number, number>> = { 0: 0, 1: 4, 4: 8, 10: 32 };
const CHECK_CRC32 = 1;

interface Block {
  readonly data: Uint8Array;
  readonly check: Uint8Array;
  readonly unpackedBytes: number;
  readonly dictionary: number;
  readonly isFiltered: boolean;
}

/**
 * Unpacks a file of xz, of one stream, with LZMA2 and perhaps the filter for x86 code.
 *
 * @param size of what is unpacked, where it is known; four bytes behind the stream are that size then
 * @throws ImageError
 */
export async function decompressXz(bytes: Uint8Array, size: number | undefined): Promise<Uint8Array> {
  const stream = size === undefined ? bytes : bytes.subarray(0, -4);
  const { blocks, check } = readBlocks(stream);
  const total = blocks.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  requireImageSize(total);
  if (size !== undefined && size !== total) throw corrupt('it unpacks to another size than the image says');
  const output = new Uint8Array(total);
  let at = 0;
  for (const block of blocks) {
    const part = output.subarray(at, at + block.unpackedBytes);
    await unpackLzma2(block, part);
    if (block.isFiltered) undoX86Filter(part);
    if (check === CHECK_CRC32 && crc32(part) !== uint(block.check, 0)) throw corrupt('its checksum is wrong');
    at += block.unpackedBytes;
  }
  return output;
}

/** The format: a header, blocks, an index with the sizes of the blocks, a footer with the size of the index. */
function readBlocks(bytes: Uint8Array): { readonly blocks: readonly Block[]; readonly check: number } {
  const footer = bytes.length - HEADER_BYTES;
  if (footer < HEADER_BYTES || uint(bytes, footer + 8) >>> 16 !== FOOTER_MAGIC)
    throw corrupt('its xz footer is missing');
  const check = (bytes[7] ?? 0) & 15;
  const checkBytes = CHECK_BYTES[check];
  if (checkBytes === undefined) throw new ImageError('unsupported', `check ${String(check)} of xz`);
  const index = footer - 4 * (uint(bytes, footer + 4) + 1);
  if (index < HEADER_BYTES || bytes[index] !== 0) throw corrupt('its xz index is missing');
  const cursor = { at: index + 1 };
  const count = number(bytes, cursor);
  const blocks: Block[] = [];
  let at = HEADER_BYTES;
  for (let block = 0; block < count; block++) {
    const packedBytes = number(bytes, cursor);
    const unpackedBytes = number(bytes, cursor);
    if (packedBytes < checkBytes || at + packedBytes > index) throw corrupt('its xz index is wrong');
    // The data is padded to a multiple of 4 before the check, which the size in the index leaves out.
    const end = at + Math.ceil(packedBytes / 4) * 4;
    const check = bytes.subarray(end - checkBytes, end);
    blocks.push(readBlock(bytes.subarray(at, at + packedBytes - checkBytes), check, unpackedBytes));
    at = end;
  }
  return { blocks, check };
}

function readBlock(bytes: Uint8Array, check: Uint8Array, unpackedBytes: number): Block {
  const headerBytes = 4 * ((bytes[0] ?? 0) + 1);
  const flags = bytes[1] ?? 0;
  const cursor = { at: 2 };
  for (const hasSize of [flags & 0x40, flags & 0x80]) if (hasSize !== 0) number(bytes, cursor);
  const filters: number[] = [];
  let dictionary = 0;
  for (let filter = 0; filter <= (flags & 3); filter++) {
    const id = number(bytes, cursor);
    const propertyBytes = number(bytes, cursor);
    if (id === FILTER.lzma2) dictionary = bytes[cursor.at] ?? 0;
    if (id === FILTER.x86 && propertyBytes !== 0) throw new ImageError('unsupported', 'an xz filter with an offset');
    cursor.at += propertyBytes;
    filters.push(id);
  }
  const isFiltered = filters[0] === FILTER.x86;
  if (filters.at(-1) !== FILTER.lzma2 || filters.length !== (isFiltered ? 2 : 1)) {
    throw new ImageError('unsupported', `xz filters ${filters.join(', ')}`);
  }
  if (headerBytes > bytes.length) throw corrupt('its xz block is too short');
  return { data: bytes.subarray(headerBytes), check, unpackedBytes, dictionary, isFiltered };
}

async function unpackLzma2({ data, unpackedBytes, dictionary }: Block, output: Uint8Array): Promise<void> {
  const flags = [0, 0];
  const header = withChecksum([0x02, 0x00, FILTER.lzma2, 1, dictionary, 0, 0, 0]);
  const index = withChecksum(padded([0, 1, ...variable(header.length + data.length), ...variable(unpackedBytes)]));
  const footer = [...bytesOf(index.length / 4 - 1), ...flags];
  const parts = [
    Uint8Array.from([...MAGIC, ...withChecksum(flags)]),
    Uint8Array.from(header),
    data,
    new Uint8Array(-data.length & 3),
    Uint8Array.from(index),
    Uint8Array.from([...bytesOf(crc32(Uint8Array.from(footer))), ...footer, FOOTER_MAGIC & 0xff, FOOTER_MAGIC >> 8]),
  ];
  const { XzReadableStream } = (await import('xz-decompress')).default;
  let length = 0;
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  for await (const chunk of new XzReadableStream(source)) {
    if (chunk.length > output.length - length) throw corrupt('it unpacks to more than it says');
    output.set(chunk, length);
    length += chunk.length;
  }
  if (length !== output.length) throw corrupt('it unpacks to less than it says');
}

/** A number of up to 63 bits, 7 in each byte, as xz has it. */
function number(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[cursor.at++];
    if (byte === undefined || factor > 2 ** 42) throw corrupt('a number in its xz headers has no end');
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
}

function variable(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...variable(Math.floor(value / 128))];
}

function padded(bytes: readonly number[]): readonly number[] {
  return [...bytes, ...new Uint8Array(-bytes.length & 3)];
}

function withChecksum(bytes: readonly number[]): readonly number[] {
  return [...bytes, ...bytesOf(crc32(Uint8Array.from(bytes)))];
}

function bytesOf(value: number): readonly number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
}

function uint(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

function corrupt(message: string): ImageError {
  return new ImageError('corrupt', message);
}
