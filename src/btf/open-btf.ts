import { BtfError } from './btf-error.ts';
import { HEADER, LIMITS } from './btf-layout.ts';
import type { Btf } from './btf.ts';
import { readHeader } from './read-header.ts';
import { scanTypes } from './scan-types.ts';

export interface OpenOptions {
  /** The BTF that split BTF continues: for a module that of vmlinux. */
  readonly base?: Btf | undefined;
  /** Bytes of a pointer, where something tells them; BTF itself does not. */
  readonly pointerBytes?: 4 | 8 | undefined;
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Opens raw BTF, as in `/sys/kernel/btf/` or in an ELF file's `.BTF`, of either byte order.
 *
 * Header, strings and every record are checked; what takes more than one record to see (loops, depth, sizes) is checked
 * where types are followed.
 *
 * @param bytes the whole BTF; must not change as long as the result is in use
 * @throws BtfError
 */
export function openBtf(bytes: Uint8Array, { base, pointerBytes }: OpenOptions = {}): Btf {
  const sections = readHeader(bytes, base !== undefined);
  const { stringStart, stringEnd } = sections;
  // Not a part of a Buffer, in whose methods Node is slower.
  const strings = new Uint8Array(bytes.buffer, bytes.byteOffset + stringStart, stringEnd - stringStart);
  checkStrings(strings, base);
  const { typeStart, typeEnd, littleEndian } = sections;
  const words = typeWords(bytes, typeStart, typeEnd, littleEndian);
  const firstString = base === undefined ? 0 : base.firstString + base.strings.length;
  const firstId = base?.typeCount ?? 1;
  const offsets = scanTypes({ words, start: typeStart, names: { base, strings, first: firstString }, firstId });
  return {
    base,
    firstId,
    typeCount: firstId + offsets.length,
    words,
    offsets,
    strings,
    firstString,
    typeStart,
    littleEndian,
    pointerBytes: pointerBytes ?? base?.pointerBytes,
  };
}

/** btf_parse_str_sec(), kernel/bpf/btf.c. */
function checkStrings(strings: Uint8Array, base: Btf | undefined): void {
  const place = { field: 'str_len', offset: HEADER.strLen };
  if (base !== undefined && strings.length === 0) return;
  if (strings.length === 0) throw new BtfError('bad-strings', place, 'there are no strings');
  if (strings.length - 1 > LIMITS.nameOffset) throw new BtfError('bad-strings', place, 'too many strings');
  if (strings.at(-1) !== 0) throw new BtfError('bad-strings', place, 'the last string has no end');
  if (base === undefined && strings[0] !== 0) {
    throw new BtfError('bad-base', place, 'the first string is not empty: split BTF, which needs its base');
  }
}

/** All of the type section is 32-bit words: a view where this machine can read them in place, else a copy. */
function typeWords(bytes: Uint8Array, start: number, end: number, littleEndian: boolean): Uint32Array {
  if (littleEndian === HOST_IS_LITTLE_ENDIAN && (bytes.byteOffset + start) % 4 === 0) {
    return new Uint32Array(bytes.buffer, bytes.byteOffset + start, (end - start) / 4);
  }
  const words = new Uint32Array((end - start) / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  for (let index = 0; index < words.length; index++) words[index] = view.getUint32(4 * index, littleEndian);
  return words;
}
