import { kindOf, type Btf } from './btf.ts';
import type { Kind } from './kinds.ts';
import { encodeString, equalsString } from '../elf/elf-strings.ts';

/**
 * A hash table over the names of a BTF's own types. Chains run from the smallest id to the largest; ends are -1.
 *
 * Flat, and not a Map from name to ids: that would take the time and memory of a string for each name.
 */
interface NameIndex {
  readonly mask: number;
  /** By hash, position of the first type in the chain. */
  readonly heads: Int32Array;
  /** By position, position of the next. */
  readonly next: Int32Array;
}

/** So many bytes of a name count for the hash, which bounds what it takes to read many types that share a long name. */
const HASHED_BYTES = 32;

const indexes = new WeakMap<Btf, NameIndex>();

/**
 * The types of a name, in ascending order: those of the base first. Void, and types without a name, are not found.
 *
 * @param kind only types of this kind
 */
export function findIdsByName(btf: Btf, name: string, kind?: Kind): readonly number[] {
  const bytes = encodeString(name);
  const parts: number[][] = [];
  for (let home: Btf | undefined = btf; home !== undefined && bytes.length > 0; home = home.base) {
    parts.unshift(findOwn(home, bytes, kind));
  }
  return parts.flat();
}

/**
 * The type with the smallest id of a name and kind, or undefined. A type of the base is found before those of split BTF,
 * as in btf_find_by_name_kind(), kernel/bpf/btf.c.
 */
export function findIdByName(btf: Btf, name: string, kind: Kind): number | undefined {
  return findIdsByName(btf, name, kind)[0];
}

function findOwn(btf: Btf, name: Uint8Array, kind: Kind | undefined): number[] {
  const { mask, heads, next } = nameIndexOf(btf);
  const ids: number[] = [];
  let position = heads[hash(name, 0) & mask] ?? -1;
  while (position !== -1) {
    const id = btf.firstId + position;
    if ((kind === undefined || kindOf(btf, id) === kind) && hasName(btf, position, name)) ids.push(id);
    position = next[position] ?? -1;
  }
  return ids;
}

function hasName(btf: Btf, position: number, name: Uint8Array): boolean {
  const { home, start } = stringOf(btf, btf.words[btf.offsets[position] ?? 0] ?? 0);
  return equalsString(home.strings, start, home.strings.length, name);
}

/** A name of split BTF may stand in the strings of the base. */
function stringOf(btf: Btf, offset: number): { readonly home: Btf; readonly start: number } {
  let home = btf;
  while (offset < home.firstString && home.base !== undefined) home = home.base;
  return { home, start: offset - home.firstString };
}

function nameIndexOf(btf: Btf): NameIndex {
  const known = indexes.get(btf);
  if (known !== undefined) return known;
  const { words, offsets, strings, firstString } = btf;
  const count = offsets.length;
  const size = 2 ** Math.ceil(Math.log2(count + 1));
  const heads = new Int32Array(size).fill(-1);
  const next = new Int32Array(count);
  // From the last to the first, so that the chains ascend.
  for (let position = count - 1; position >= 0; position--) {
    const name = words[offsets[position] ?? 0] ?? 0;
    if (name === 0) continue;
    const slot = (name < firstString ? hashInBase(btf, name) : hash(strings, name - firstString)) & (size - 1);
    next[position] = heads[slot] ?? -1;
    heads[slot] = position;
  }
  const index = { mask: size - 1, heads, next };
  indexes.set(btf, index);
  return index;
}

function hashInBase(btf: Btf, name: number): number {
  const { home, start } = stringOf(btf, name);
  return hash(home.strings, start);
}

/** FNV-1a over a string that ends with a zero, or with the bytes. */
function hash(bytes: Uint8Array, start: number): number {
  const limit = Math.min(bytes.length, start + HASHED_BYTES);
  let value = 0;
  for (let at = start; at < limit; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) break;
    value = Math.imul(value ^ byte, 0x01000193);
  }
  return value;
}
