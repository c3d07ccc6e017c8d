import { compareText } from '../declarations/rows.ts';
import { fixCompressedAlignment } from './compressed-alignment.ts';
import { findTypeIds, type TypeIds } from './find-type-ids.ts';
import { ENTRY_BYTES, readBtfIds, type BtfId, type BtfIds, type BtfIdSet } from './read-btf-ids.ts';
import { ID_KINDS } from './symbol-name.ts';
import type { Btf } from '../../src/btf/btf.ts';
import { openElfBtf } from '../../src/btf/open-btf-file.ts';
import { hasData } from '../../src/elf/elf-section.ts';
import { openElf, type Elf } from '../../src/elf/open-elf.ts';
import { patchSection } from '../../src/elf/patch-section.ts';
import { sectionData } from '../../src/elf/sections.ts';

/** What came of resolving. */
export interface Resolved {
  /** The file as it shall be; the bytes that were given where there is nothing to do. */
  readonly bytes: Uint8Array;
  /** In the words and the order of the kernel's tool. */
  readonly warnings: readonly string[];
  /**
   * Whether there were ids in it before. The entries of its sets have been sorted then, and the symbols don't tell any
   * more which flags belong to which kfunc.
   */
  readonly wasResolved: boolean;
}

/**
 * Fills `.BTF_ids` of an object, module or vmlinux as tools/bpf/resolve_btfids/main.c does: the ids from the file's own
 * BTF, the counts of the sets; then sorts the sets. Of versions that differ, the one is followed that writes flags right
 * in the other byte order (6.1.192, 6.12).
 *
 * @param bytes the whole ELF file; it is not changed
 * @param base what the file's BTF continues: for a module the BTF of vmlinux
 * @throws BtfIdsError, ElfError, BtfError
 */
export function resolveBtfIds(bytes: Uint8Array, base: Btf | undefined): Resolved {
  // slice() of a Buffer is a view, and would change the bytes given.
  const elf = openElf(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const btfIds = readBtfIds(elf);
  if (btfIds === undefined) return { bytes, warnings: [], wasResolved: false };
  const { section, ids, sets } = btfIds;
  const { found, warnings } = findTypeIds(ids, openElfBtf(elf, { base }));
  const data = sectionData(elf, section).slice();
  const view = new DataView(data.buffer);
  const { littleEndian } = elf;
  const wasResolved = hasIds(btfIds, view);
  for (const { kind, name, offset } of ids) view.setInt32(offset, found[kind].get(name) ?? 0, littleEndian);
  for (const { offset, count } of sets) view.setInt32(offset, count, littleEndian);
  for (const set of sets) sortSet(view, set, littleEndian);
  const resolved = patchSection(elf, section, [{ offset: 0, bytes: data }]);
  fixCompressedAlignment(elf, resolved);
  return { bytes: resolved.subarray(0, endOf(elf)), warnings: [...warnings, ...unresolved(ids, found)], wasResolved };
}

function hasIds({ ids, sets }: BtfIds, view: DataView): boolean {
  return [...ids, ...sets].some(({ offset }) => view.getUint32(offset) !== 0);
}

/** libelf cuts off what follows the ELF file: the signature of a module, which holds no longer. */
function endOf({ sections, layout }: Elf): number {
  const ends = sections.flatMap((section) => [
    section.headerOffset + layout.section.bytes,
    hasData(section) ? section.offset + section.size : 0,
  ]);
  return ends.reduce((end, other) => Math.max(end, other), 0);
}

/** The kernel looks ids up by halving, and compares them as int. Entries of equal ids keep their order. */
function sortSet(view: DataView, { kind, offset, count }: BtfIdSet, littleEndian: boolean): void {
  const entryBytes = ENTRY_BYTES[kind];
  const start = offset + entryBytes;
  const entries = Array.from({ length: count }, (_, index) => {
    const at = start + index * entryBytes;
    return { id: view.getInt32(at, littleEndian), flags: kind === 'set8' ? view.getUint32(at + 4, littleEndian) : 0 };
  });
  for (const [index, { id, flags }] of entries.toSorted((a, b) => a.id - b.id).entries()) {
    const at = start + index * entryBytes;
    view.setInt32(at, id, littleEndian);
    if (kind === 'set8') view.setUint32(at + 4, flags, littleEndian);
  }
}

/** The tool goes through a tree of the names that it fills from the greatest to the least. */
function unresolved(ids: readonly BtfId[], found: TypeIds): readonly string[] {
  return ID_KINDS.flatMap((kind) => {
    const missing = ids.filter((id) => id.kind === kind && !found[kind].has(id.name)).map(({ name }) => name);
    return [...new Set(missing)].sort((a, b) => compareText(b, a));
  }).map((name) => `WARN: resolve_btfids: unresolved symbol ${name}`);
}
