import { BtfIdsError } from './btf-ids-error.ts';
import { parseSymbolName, PREFIX, type IdKind, type SetKind } from './symbol-name.ts';
import type { ElfSection } from '../../src/elf/elf-section.ts';
import type { Elf } from '../../src/elf/open-elf.ts';
import { findSection, sectionData } from '../../src/elf/sections.ts';
import { openSymbols, symbolAt, symbolSection, type ElfSymbol } from '../../src/elf/symbols.ts';

/** The `.BTF_ids` of an ELF file. */
export interface BtfIds {
  readonly section: ElfSection;
  /** In the order of the symbols. */
  readonly ids: readonly BtfId[];
  /** In the order of the symbols. */
  readonly sets: readonly BtfIdSet[];
}

/** A place that gets an id. */
export interface BtfId {
  readonly kind: IdKind;
  readonly name: string;
  /** From the start of the section, in bytes; a multiple of 4. */
  readonly offset: number;
}

/** Where a set is and how large. Its words: the count, of a `set8` flags, then for each entry the id, of a `set8` flags. */
export interface BtfIdSet {
  readonly kind: SetKind;
  readonly name: string;
  /** From the start of the section, in bytes; a multiple of 4. */
  readonly offset: number;
  /** Entries, by the size of the symbol: the count word is 0 before the ids are resolved. */
  readonly count: number;
}

/** Bytes before the entries of a set, which are as many as those of an entry. */
export const ENTRY_BYTES: Readonly<Record<SetKind, number>> = { set: 4, set8: 8 };

const WORD_BYTES = 4;

/** ADDR_CNT, tools/bpf/resolve_btfids/main.c. */
const MAX_PLACES = 100;

/**
 * Reads which ids and sets stand where in `.BTF_ids`, by the symbols.
 *
 * @returns undefined where the file has no such section, or no symbols
 * @throws BtfIdsError as the kernel's tool fails; ElfError
 */
export function readBtfIds(elf: Elf): BtfIds | undefined {
  const section = findSection(elf, '.BTF_ids');
  const symbols = openSymbols(elf);
  if (section === undefined || symbols === undefined) return undefined;
  const size = sectionData(elf, section).length;
  const ids: BtfId[] = [];
  const sets = new Map<string, BtfIdSet>();
  const places = new Map<string, number>();
  for (let index = 0; index < symbols.count; index++) {
    if (symbolSection(symbols, index) !== section.index) continue;
    const symbol = symbolAt(symbols, index);
    if (!symbol.name.startsWith(PREFIX)) continue;
    const { kind, name } = parseSymbolName(symbol.name);
    const offset = offsetOf(symbol, section, size);
    if (kind === 'set' || kind === 'set8') {
      if (sets.has(name)) {
        throw new BtfIdsError('duplicate-set', symbol.name, `FAILED there are two sets of the name ${name}`);
      }
      sets.set(name, { kind, name, offset, count: countOf(symbol, kind, offset, size) });
    } else {
      const key = `${kind} ${name}`;
      const count = (places.get(key) ?? 0) + 1;
      if (count > MAX_PLACES) {
        throw new BtfIdsError('too-many', symbol.name, `FAILED symbol ${name} crossed the number of allowed lists`);
      }
      places.set(key, count);
      ids.push({ kind, name, offset });
    }
  }
  return { section, ids, sets: [...sets.values()] };
}

/** Values of symbols are addresses; in a relocatable file sections begin at 0. */
function offsetOf(symbol: ElfSymbol, section: ElfSection, size: number): number {
  const offset = symbol.value - section.address;
  const word = offset - (offset % BigInt(WORD_BYTES));
  if (offset < 0n || word + BigInt(WORD_BYTES) > BigInt(size)) {
    const message = `FAILED patching index ${String(offset)} out of bounds ${String(size)}`;
    throw new BtfIdsError('out-of-range', symbol.name, message);
  }
  return Number(word);
}

function countOf({ name, size }: ElfSymbol, kind: SetKind, offset: number, sectionSize: number): number {
  const entryBytes = ENTRY_BYTES[kind];
  const count = Math.floor(size / entryBytes) - 1;
  if (count < 0 || offset + (count + 1) * entryBytes > sectionSize) {
    const message = `FAILED malformed data for set '${name}': ${String(size)} bytes at ${String(offset)}`;
    throw new BtfIdsError('bad-set', name, `${message}, of ${String(sectionSize)}`);
  }
  return count;
}
