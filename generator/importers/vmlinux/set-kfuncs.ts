import type { Flag } from '../../../generated/types/declaration.ts';
import type { Kernel } from '../../../generated/types/kernel.ts';
import { ENTRY_BYTES, type BtfIds, type BtfIdSet } from '../../btf-ids/read-btf-ids.ts';
import type { KfuncContent } from '../merge/content.ts';
import { nameOf, type Btf } from '../../../src/btf/btf.ts';
import { readUint } from '../../../src/elf/elf-image.ts';
import type { Elf } from '../../../src/elf/open-elf.ts';
import type { ReportProblem } from './binary-model.ts';
import type { KfuncIdStruct } from './kfunc-id-structs.ts';

/** The names of the functions in a set, in the order of their symbols: that of the source file. */
export function namesIn({ ids }: BtfIds, set: BtfIdSet): readonly string[] {
  const start = set.offset + ENTRY_BYTES[set.kind];
  const end = start + set.count * ENTRY_BYTES[set.kind];
  return ids
    .filter(({ kind, offset }) => kind === 'func' && offset >= start && offset < end)
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ name }) => name);
}

/** The kfuncs of a struct with a set for each flag, those of the check set first. */
export function kfuncsOfSets(
  btfIds: BtfIds,
  { members }: KfuncIdStruct,
  flags: Kernel['flags'],
): readonly KfuncContent[] {
  const lists = new Map([...members].map(([type, set]) => [type, namesIn(btfIds, set)] as const));
  const typeFlags = Object.entries(flags).toSorted(([, a], [, b]) => a - b);
  const isIn = (type: number, name: string): boolean => lists.get(type)?.includes(name) === true;
  return [...new Set([...lists].toSorted(([a], [b]) => a - b).flatMap(([, names]) => names))].map((name) => ({
    name,
    flags: typeFlags.filter(([, type]) => isIn(type, name)).map(([flag]) => flag as Flag),
    check: isIn(0, name),
    config: undefined,
  }));
}

/**
 * The kfuncs of a set with flags.
 *
 * Where ids were filled in, the set has been sorted: which flags belong to which kfunc is told by the ids, no longer by
 * the symbols.
 *
 * @param btf what the ids count; undefined where there is none
 */
export function kfuncsOfFlaggedSet(
  elf: Elf,
  btfIds: BtfIds,
  set: BtfIdSet,
  btf: Btf | undefined,
  flags: Kernel['flags'],
  report: ReportProblem,
): readonly KfuncContent[] {
  const names = namesIn(btfIds, set);
  const pairs = pairsAt(elf, btfIds.section.offset + set.offset, set.count);
  const isResolved = readUint(elf, btfIds.section.offset + set.offset) !== 0;
  if (isResolved && btf === undefined) {
    report(`the flags of ${set.name} can't be told: its ids are sorted, and there is no BTF to find their names in`);
    return [];
  }
  const flagsOf = new Map<string, number>();
  for (const [index, { id, flags: word }] of pairs.entries()) {
    const name = isResolved && btf !== undefined ? nameOf(btf, id) : names[index];
    if (name !== undefined && name !== '') flagsOf.set(name, word);
  }
  return names.flatMap((name) => {
    const word = flagsOf.get(name);
    if (word === undefined) {
      report(`${name} of ${set.name} has no id, so its flags can't be told`);
      return [];
    }
    return [flaggedKfunc(name, word, flags, report)];
  });
}

/** A kfunc with the flags of its flags word. */
export function flaggedKfunc(name: string, word: number, flags: Kernel['flags'], report: ReportProblem): KfuncContent {
  const set = Object.entries(flags).filter(([, bit]) => ((word >>> bit) & 1) === 1);
  const rest = set.reduce((left, [, bit]) => left & ~(1 << bit), word) >>> 0;
  if (rest !== 0) report(`${name} has flag bits that this kernel has no names for: 0x${rest.toString(16)}`);
  const sorted = set.toSorted(([, a], [, b]) => a - b).map(([flag]) => flag as Flag);
  return { name, flags: sorted, check: true, config: undefined };
}

/** The entries of a set8 that begins at `at` in the file. */
export function pairsAt(
  elf: Elf,
  at: number,
  count: number,
): readonly { readonly id: number; readonly flags: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const entry = at + ENTRY_BYTES.set8 * (index + 1);
    return { id: readUint(elf, entry), flags: readUint(elf, entry + 4) };
  });
}
