import type { Kernel } from '../../../generated/types/kernel.ts';
import type { BtfIds, BtfIdSet } from '../../btf-ids/read-btf-ids.ts';
import { ELF } from '../../../src/elf/elf-constants.ts';
import { readAddress } from '../../../src/elf/elf-image.ts';
import { hasData } from '../../../src/elf/elf-section.ts';
import type { Elf } from '../../../src/elf/open-elf.ts';
import { openRelocations, relocationAt } from '../../../src/elf/relocations.ts';
import { openSymbols, symbolAt, symbolDataOffset, type ElfSymbol, type ElfSymbols } from '../../../src/elf/symbols.ts';

/** A variable of type struct btf_kfunc_id_set, found by its size and by what it points to. */
export interface KfuncIdStruct {
  readonly name: string;
  /** The id sets by the place of their pointer behind the owner: of a set a flag the number of the set type. */
  readonly members: ReadonlyMap<number, BtfIdSet>;
  /** The function that the pointer behind the last set names. */
  readonly filter: string | undefined;
}

/** What a pointer in data points to. */
interface Target {
  readonly section: number;
  /** From the start of the section. */
  readonly offset: bigint;
  /** Of the symbol that a relocation names. */
  readonly name: string;
}

type Pointers = (holder: ElfSymbol, word: number) => Target | undefined;

const OBJECT = 1;
const FUNCTION = 2;

/**
 * Finds the struct btf_kfunc_id_set variables (include/linux/btf.h) of a binary with symbols: objects of one pointer to
 * the owner, one for each id set and, in kernels that have it, one to the filter.
 *
 * In a relocatable file the relocations say where pointers point to; a linked file has the addresses in place.
 *
 * @throws ElfError
 */
export function findKfuncIdStructs(
  elf: Elf,
  btfIds: BtfIds,
  { layout, set_types: setTypes }: Pick<Kernel, 'layout' | 'set_types'>,
): readonly KfuncIdStruct[] {
  const symbols = openSymbols(elf);
  if (symbols === undefined) return [];
  const { word } = elf.layout;
  const setCount = layout === 'id_set' ? (setTypes ?? []).length : 1;
  const kind = layout === 'id_set' ? 'set' : 'set8';
  const sizes = [1 + setCount, ...(layout === 'id_set' ? [] : [2 + setCount])].map((words) => words * word);
  const sets = new Map(btfIds.sets.filter((set) => set.kind === kind).map((set) => [set.offset, set]));
  const pointers = elf.type === ELF.TYPE_RELOCATABLE ? relocatedPointers(elf, symbols) : linkedPointers(elf, symbols);
  const setAt = (holder: ElfSymbol, place: number): BtfIdSet | undefined => {
    const target = pointers(holder, 1 + place);
    return target?.section === btfIds.section.index ? sets.get(Number(target.offset)) : undefined;
  };
  const structs: KfuncIdStruct[] = [];
  for (let index = 0; index < symbols.count; index++) {
    const symbol = symbolAt(symbols, index);
    if (symbol.type !== OBJECT || symbol.section === 0 || !sizes.includes(symbol.size)) continue;
    const members = new Map<number, BtfIdSet>();
    for (let place = 0; place < setCount; place++) {
      const set = setAt(symbol, place);
      if (set !== undefined) members.set(place, set);
    }
    if (members.size === 0) continue;
    const hasFilter = symbol.size === (2 + setCount) * word;
    const filter = hasFilter ? pointers(symbol, 1 + setCount) : undefined;
    structs.push({ name: symbol.name, members, filter: filter && functionAt(symbols, filter) });
  }
  return structs;
}

function relocatedPointers(elf: Elf, symbols: ElfSymbols): Pointers {
  const bySection = new Map<number, Map<number, { symbol: number; addend: bigint }>>();
  for (const section of elf.sections) {
    const isTable = section.type === ELF.SECTION_REL || section.type === ELF.SECTION_RELA;
    const target = elf.sections[section.info];
    if (!isTable || target === undefined || !hasData(target) || section.link !== symbols.section.index) continue;
    const relocations = openRelocations(elf, section);
    const patched = new Map<number, { symbol: number; addend: bigint }>();
    for (let index = 0; index < relocations.count; index++) {
      const { offset, symbol, addend } = relocationAt(relocations, index);
      if (offset + elf.layout.word > target.size) continue;
      patched.set(offset, { symbol, addend: addend ?? readAddress(elf, target.offset + offset) });
    }
    bySection.set(target.index, patched);
  }
  return (holder, word) => {
    const at = symbolDataOffset(symbols, holder) + word * elf.layout.word;
    const found = bySection.get(holder.section)?.get(at);
    if (found === undefined) return undefined;
    const { section, value, name } = symbolAt(symbols, found.symbol);
    return { section, offset: value + found.addend, name };
  };
}

function linkedPointers(elf: Elf, symbols: ElfSymbols): Pointers {
  return (holder, word) => {
    const section = elf.sections[holder.section];
    if (section === undefined || !hasData(section)) return undefined;
    const at = section.offset + symbolDataOffset(symbols, holder) + word * elf.layout.word;
    const address = readAddress(elf, at);
    const target = elf.sections.find(
      (each) => each.address !== 0n && address >= each.address && address < each.address + BigInt(each.size),
    );
    return target && { section: target.index, offset: address - target.address, name: '' };
  };
}

function functionAt(symbols: ElfSymbols, target: Target): string | undefined {
  const isRelocatable = symbols.elf.type === ELF.TYPE_RELOCATABLE;
  const start = isRelocatable ? 0n : (symbols.elf.sections[target.section]?.address ?? 0n);
  for (let index = 0; index < symbols.count; index++) {
    const { type, section, value, name } = symbolAt(symbols, index);
    if (type === FUNCTION && section === target.section && value - start === target.offset) return name;
  }
  return target.name === '' ? undefined : target.name;
}
