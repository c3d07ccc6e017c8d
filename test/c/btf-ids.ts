import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './toolchain.ts';

/** The section .BTF_ids of an object file, as binutils read it. */
export interface BtfIds {
  /** Its symbols by address: the offset in the section. */
  readonly symbols: readonly BtfIdsSymbol[];
  /** Its bytes, as little-endian words. */
  readonly words: readonly number[];
}

interface BtfIdsSymbol {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** A set of BTF ids. */
export interface BtfSet {
  readonly kind: 'set' | 'set8';
  readonly name: string;
  /** Size of its symbol, in bytes. */
  readonly size: number;
  /** Words before the entries: count, and flags of a set8. */
  readonly head: readonly number[];
  readonly entries: readonly BtfSetEntry[];
}

interface BtfSetEntry {
  /** `func bpf_ct_release`. */
  readonly id: string;
  /** The flags word of an entry in a set8. */
  readonly flags: number | undefined;
}

/**
 * Reads the section back from an object.
 *
 * @param folder For a file on the way.
 * @returns undefined where the object has no such section.
 */
export function readBtfIds(object: string, folder: string): BtfIds | undefined {
  const section = /^\s*\[\s*(\d+)\]\s+\.BTF_ids\s/m.exec(mustRun('readelf', ['-SW', object]))?.[1];
  if (section === undefined) {
    return undefined;
  }
  const symbols = mustRun('readelf', ['-sW', object])
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[6] === section && fields[3] !== 'SECTION')
    .map(([, value = '', size = '', , , , , name = '']) => ({ name, offset: parseInt(value, 16), size: Number(size) }))
    .toSorted((a, b) => a.offset - b.offset);
  const file = join(folder, 'btf-ids');
  mustRun('objcopy', [
    '-O',
    'binary',
    '--only-section=.BTF_ids',
    '--set-section-flags',
    '.BTF_ids=alloc',
    object,
    file,
  ]);
  const bytes = readFileSync(file);
  const words = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4));
  return { symbols, words };
}

/** The sets in the order in which they stand in the section. */
export function setsOf(ids: BtfIds): readonly BtfSet[] {
  return ids.symbols.flatMap((symbol) => {
    const [, kind, name] = /^__BTF_ID__(set8?)__(.+)$/.exec(symbol.name) ?? [];
    if ((kind !== 'set' && kind !== 'set8') || name === undefined) {
      return [];
    }
    const [head, step] = kind === 'set' ? [4, 4] : [8, 8];
    const entries = Array.from({ length: (symbol.size - head) / step }, (_, index) => {
      const offset = symbol.offset + head + index * step;
      return { id: idAt(ids, offset), flags: kind === 'set8' ? wordAt(ids, offset + 4) : undefined };
    });
    const words = ids.words.slice(symbol.offset / 4, (symbol.offset + head) / 4);
    return [{ kind, name, size: symbol.size, head: words, entries }];
  });
}

/** What two ids stand in each list of the given names, in the order of the section. */
export function pairsOf(ids: BtfIds, isList: (name: string) => boolean): readonly (readonly [string, string])[] {
  return ids.symbols
    .filter((symbol) => isList(symbol.name))
    .map(({ offset }) => [idAt(ids, offset), idAt(ids, offset + 4)]);
}

/**
 * Does to an object what the kernel's build does after linking: puts the ids in their places, and the counts of sets.
 *
 * @param idOf The BTF id of `func name` or `struct name`.
 */
export function resolveBtfIds(object: string, folder: string, idOf: (id: string) => number): void {
  const ids = readBtfIds(object, folder);
  if (ids === undefined) {
    return;
  }
  const words = [...ids.words];
  for (const { name, offset, size } of ids.symbols) {
    if (name.startsWith('__BTF_ID__set8__')) {
      words[offset / 4] = size / 8 - 1;
    } else if (name.startsWith('__BTF_ID__set__')) {
      words[offset / 4] = size / 4 - 1;
    } else if (name.startsWith('__BTF_ID__')) {
      words[offset / 4] = idOf(idAt(ids, offset));
    }
  }
  const file = join(folder, 'btf-ids.resolved');
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => bytes.writeUInt32LE(word, index * 4));
  writeFileSync(file, bytes);
  mustRun('objcopy', ['--update-section', `.BTF_ids=${file}`, object]);
}

/** What the id at an offset is the id of, by the symbol there: `func bpf_ct_release`. */
function idAt(ids: BtfIds, offset: number): string {
  for (const symbol of ids.symbols) {
    const [, kind, name] = /^__BTF_ID__(struct|union|typedef|func)__(.+)__\d+$/.exec(symbol.name) ?? [];
    if (symbol.offset === offset && symbol.size === 4 && kind !== undefined && name !== undefined) {
      return `${kind} ${name}`;
    }
  }
  throw new Error(`no BTF id stands at offset ${String(offset)} of .BTF_ids`);
}

function wordAt(ids: BtfIds, offset: number): number {
  const word = ids.words[offset / 4];
  if (word === undefined) {
    throw new Error(`.BTF_ids ends before offset ${String(offset)}`);
  }
  return word;
}
