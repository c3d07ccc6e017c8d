import { ElfError } from './elf-error.ts';
import { ELF } from './elf-constants.ts';
import { readAddress, readHalf, readUint, readWord } from './elf-image.ts';
import type { ElfSection } from './elf-section.ts';
import { readName } from './elf-names.ts';
import { requireStrings, sectionAt, type Elf } from './open-elf.ts';

/** A symbol table. Symbols are read when asked for. */
export interface ElfSymbols {
  readonly elf: Elf;
  readonly section: ElfSection;
  readonly count: number;
  readonly strings: ElfSection;
  /** The section indexes that do not fit in 16 bits, one a symbol; undefined where there are none. */
  readonly extendedIndexes: ElfSection | undefined;
}

export interface ElfSymbol {
  readonly index: number;
  readonly name: string;
  /** An address; in a relocatable file the offset in the section. */
  readonly value: bigint;
  readonly size: number;
  /** STT_ number. */
  readonly type: number;
  /** STB_ number. */
  readonly binding: number;
  /** Index of the section it is defined in; 0 if it is undefined or belongs to none (absolute, common). */
  readonly section: number;
}

const INDEX_BYTES = 4;

/** The symbol table (SHT_SYMTAB), or undefined where there is none. @throws ElfError if it is malformed */
export function openSymbols(elf: Elf): ElfSymbols | undefined {
  const section = elf.sections.find(({ type }) => type === ELF.SECTION_SYMTAB);
  return section === undefined ? undefined : openSymbolSection(elf, section);
}

/** The symbols of one section. @throws ElfError if it is no symbol table, or a malformed one */
export function openSymbolSection(elf: Elf, section: ElfSection): ElfSymbols {
  const { section: field, symbol } = elf.layout;
  const { headerOffset: at } = section;
  if (section.type !== ELF.SECTION_SYMTAB || section.entrySize !== symbol.bytes || section.size % symbol.bytes !== 0) {
    throw new ElfError('bad-size', 'sh_entsize', at + field.entrySize, 'no table of symbols');
  }
  const strings = sectionAt(elf.sections, section.link, 'sh_link', at + field.link);
  requireStrings(elf, strings);
  const count = section.size / symbol.bytes;
  const extendedIndexes = elf.sections.find(
    ({ type, link }) => type === ELF.SECTION_SYMTAB_SHNDX && link === section.index,
  );
  if (extendedIndexes !== undefined && extendedIndexes.size < count * INDEX_BYTES) {
    throw new ElfError('bad-size', 'sh_size', extendedIndexes.headerOffset + field.size, 'fewer indexes than symbols');
  }
  return { elf, section, count, strings, extendedIndexes };
}

/** The section index of a symbol, without reading the rest of it; 0 if it belongs to no section. */
export function symbolSection(symbols: ElfSymbols, index: number): number {
  const { elf, extendedIndexes } = symbols;
  const at = symbolOffset(symbols, index) + elf.layout.symbol.section;
  const short = readHalf(elf, at);
  const isExtended = short === ELF.INDEX_EXTENDED && extendedIndexes !== undefined;
  const section = isExtended ? readUint(elf, extendedIndexes.offset + index * INDEX_BYTES) : short;
  if (!isExtended && section >= ELF.INDEX_RESERVED) return 0;
  sectionAt(elf.sections, section, 'st_shndx', at);
  return section;
}

/** A symbol. @throws ElfError if the index, its name or its section is out of range */
export function symbolAt(symbols: ElfSymbols, index: number): ElfSymbol {
  const { elf, strings } = symbols;
  const { symbol } = elf.layout;
  const at = symbolOffset(symbols, index);
  const info = elf.view.getUint8(at + symbol.info);
  return {
    index,
    name: readName(elf, strings, readUint(elf, at), 'st_name', at),
    value: readAddress(elf, at + symbol.value),
    size: readWord(elf, at + symbol.size),
    type: info & 15,
    binding: info >> 4,
    section: symbolSection(symbols, index),
  };
}

/**
 * Where a symbol's object is in its section's data, in bytes.
 *
 * @throws ElfError `out-of-range` if it has no section or does not lie in it
 */
export function symbolDataOffset(symbols: ElfSymbols, symbol: ElfSymbol): number {
  const { elf } = symbols;
  const section = sectionAt(elf.sections, symbol.section, 'st_shndx', symbolOffset(symbols, symbol.index));
  const offset = elf.type === ELF.TYPE_RELOCATABLE ? symbol.value : symbol.value - section.address;
  if (symbol.section === 0 || offset < 0n || offset + BigInt(symbol.size) > BigInt(section.size)) {
    const at = symbolOffset(symbols, symbol.index) + elf.layout.symbol.value;
    throw new ElfError('out-of-range', 'st_value', at, `${symbol.name} does not lie in its section`);
  }
  return Number(offset);
}

function symbolOffset({ elf, section, count }: ElfSymbols, index: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new ElfError('out-of-range', 'symbol', section.offset, `symbol ${String(index)}, of ${String(count)}`);
  }
  return section.offset + index * elf.layout.symbol.bytes;
}
