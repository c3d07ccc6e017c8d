import { ElfError } from './elf-error.ts';
import { ELF } from './elf-constants.ts';
import { readAddress, readUint, readWord } from './elf-image.ts';
import type { ElfSection } from './elf-section.ts';
import { sectionAt, type Elf } from './open-elf.ts';

/** A table of relocations. Relocations are read when asked for. */
export interface ElfRelocations {
  readonly elf: Elf;
  readonly section: ElfSection;
  readonly count: number;
  /** The section they patch; undefined in a linked file, where they patch memory. */
  readonly target: ElfSection | undefined;
  /** Index of the section with the symbols that they refer to. */
  readonly symbolSection: number;
}

export interface ElfRelocation {
  /** What is patched: an offset in the target section, in a linked file an address. */
  readonly offset: number;
  /** Index of the symbol. */
  readonly symbol: number;
  /** Number of the relocation type, which means something for the file's machine only. */
  readonly type: number;
  /** Undefined in a table without addends (SHT_REL), where it stands in the place that is patched. */
  readonly addend: bigint | undefined;
}

/** The tables that patch a section. @throws ElfError if one is malformed */
export function relocationsOf(elf: Elf, target: ElfSection): readonly ElfRelocations[] {
  return elf.sections
    .filter(({ type, info }) => isRelocation(type) && info === target.index && target.index !== 0)
    .map((section) => openRelocations(elf, section));
}

/** The relocations in one section. @throws ElfError if it has none, or is malformed */
export function openRelocations(elf: Elf, section: ElfSection): ElfRelocations {
  const { section: field } = elf.layout;
  const bytes = relocationBytes(elf, section);
  if (!isRelocation(section.type) || section.entrySize !== bytes || section.size % bytes !== 0) {
    throw new ElfError('bad-size', 'sh_entsize', section.headerOffset + field.entrySize, 'no table of relocations');
  }
  if (elf.machine === ELF.MACHINE_MIPS && elf.layout.word === 8) {
    // r_info of 64-bit MIPS has three types and another order.
    throw new ElfError('unsupported', 'e_machine', section.headerOffset, 'relocations of 64-bit MIPS');
  }
  const target =
    section.info === 0 ? undefined : sectionAt(elf.sections, section.info, 'sh_info', section.headerOffset);
  sectionAt(elf.sections, section.link, 'sh_link', section.headerOffset + field.link);
  return { elf, section, count: section.size / bytes, target, symbolSection: section.link };
}

/** A relocation. @throws ElfError if the index or what it patches is out of range */
export function relocationAt(relocations: ElfRelocations, index: number): ElfRelocation {
  const { elf, section, count, target } = relocations;
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new ElfError(
      'out-of-range',
      'relocation',
      section.offset,
      `relocation ${String(index)}, of ${String(count)}`,
    );
  }
  const at = section.offset + index * relocationBytes(elf, section);
  const { word } = elf.layout;
  const offset = readWord(elf, at);
  if (elf.type === ELF.TYPE_RELOCATABLE && target !== undefined && offset >= target.size) {
    throw new ElfError('out-of-range', 'r_offset', at, `patches byte ${String(offset)}, of ${String(target.size)}`);
  }
  const info = readAddress(elf, at + word);
  const typeBits = word === 4 ? 8n : 32n;
  return {
    offset,
    symbol: Number(info >> typeBits),
    type: Number(info & ((1n << typeBits) - 1n)),
    addend: section.type === ELF.SECTION_RELA ? readAddend(elf, at + 2 * word) : undefined,
  };
}

function isRelocation(type: number): boolean {
  return type === ELF.SECTION_REL || type === ELF.SECTION_RELA;
}

function relocationBytes(elf: Elf, section: ElfSection): number {
  return section.type === ELF.SECTION_RELA ? elf.layout.rela : elf.layout.rel;
}

function readAddend(elf: Elf, at: number): bigint {
  return BigInt.asIntN(8 * elf.layout.word, elf.layout.word === 4 ? BigInt(readUint(elf, at)) : readAddress(elf, at));
}
