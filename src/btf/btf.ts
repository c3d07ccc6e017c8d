import { BtfError } from './btf-error.ts';
import { INFO, LIMITS } from './btf-layout.ts';
import { KIND, KINDS, type Kind } from './kinds.ts';
import { readString } from '../elf/elf-strings.ts';

/**
 * BTF that was opened: the bytes, and where in them each type is. Types are read when asked for.
 *
 * Ids run from 0 (void) to `typeCount` - 1; those of split BTF below `firstId` belong to its base.
 */
export interface Btf {
  /** Undefined unless it is split BTF. */
  readonly base: Btf | undefined;
  /** The first id of its own: 1, and in split BTF the number of types of the base. */
  readonly firstId: number;
  /** The number of types with void and those of the base. */
  readonly typeCount: number;
  /** The type section in this machine's byte order. */
  readonly words: Uint32Array;
  /** Where in `words` each type of its own begins; the first is that of `firstId`. */
  readonly offsets: Uint32Array;
  /** The string section. */
  readonly strings: Uint8Array;
  /** The offset that the first string of its own has in records: 0, and in split BTF the bytes of the base's strings. */
  readonly firstString: number;
  /** Where the type section is in the file, in bytes, for positions in errors. */
  readonly typeStart: number;
  readonly littleEndian: boolean;
  /** Bytes of a pointer, where the file it came from tells. */
  readonly pointerBytes: 4 | 8 | undefined;
}

/** The BTF that holds an id itself: this one or one of its bases. @throws BtfError `bad-id` */
export function homeOf(btf: Btf, id: number): Btf {
  if (!(id >= 0 && id < btf.typeCount)) {
    throw new BtfError('bad-id', { field: 'type', typeId: id }, `there are ${String(btf.typeCount)} types`);
  }
  let home = btf;
  while (id < home.firstId && home.base !== undefined) home = home.base;
  return home;
}

/** Where the record of an id that is not void begins in `home.words`. */
export function wordIndex(home: Btf, id: number): number {
  return home.offsets[id - home.firstId] ?? 0;
}

/** The number of a type's kind. @throws BtfError `bad-id` */
export function kindNumberOf(btf: Btf, id: number): number {
  const home = homeOf(btf, id);
  if (id === 0) return KIND.VOID;
  return ((home.words[wordIndex(home, id) + 1] ?? 0) >>> INFO.kindShift) & INFO.kindMask;
}

/** The kind of a type. @throws BtfError `bad-id` */
export function kindOf(btf: Btf, id: number): Kind {
  return KINDS[kindNumberOf(btf, id)] ?? 'void';
}

/** The name of a type, of a tag the text; empty where it has none. @throws BtfError `bad-id`, or if it is too long */
export function nameOf(btf: Btf, id: number): string {
  const home = homeOf(btf, id);
  return id === 0 ? '' : stringAt(home, home.words[wordIndex(home, id)] ?? 0);
}

/** The id that a type refers to in its third word: of a pointer, modifier, typedef, function, tag or variable. */
export function targetOf(btf: Btf, id: number): number {
  const home = homeOf(btf, id);
  return id === 0 ? 0 : (home.words[wordIndex(home, id) + 2] ?? 0);
}

/**
 * A string by its offset as records have it.
 *
 * @throws BtfError `bad-name` if the offset is out of range or the string longer than LIMITS.textBytes
 */
export function stringAt(btf: Btf, offset: number): string {
  if (offset === 0) return '';
  let home = btf;
  while (offset < home.firstString && home.base !== undefined) home = home.base;
  const start = offset - home.firstString;
  if (!(start >= 0 && start < home.strings.length)) {
    throw new BtfError('bad-name', { field: 'name_off' }, `string offset ${String(offset)} is out of range`);
  }
  const end = start + LIMITS.textBytes + 1;
  // The section ends with a zero, so an end beyond it is never reached.
  const text = readString(home.strings, start, end);
  if (text.length >= LIMITS.textBytes && home.strings[end - 1] !== 0) {
    throw new BtfError('bad-name', { field: 'name_off' }, `the string at ${String(offset)} is too long`);
  }
  return text;
}
