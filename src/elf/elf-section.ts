import { ElfError } from './elf-error.ts';
import { ELF } from './elf-constants.ts';
import { SECTION } from './elf-layout.ts';
import { readAddress, readUint, readWord, requireRange, type ElfImage } from './elf-image.ts';

/** A section header. */
export interface ElfSection {
  readonly index: number;
  /** Offset of the name in the section name table. */
  readonly nameOffset: number;
  /** SHT_ number. */
  readonly type: number;
  /** SHF_ bits. */
  readonly flags: number;
  readonly address: bigint;
  /** Where the data is in the file, in bytes; means nothing for NOBITS. */
  readonly offset: number;
  /** Bytes in memory; all but NOBITS sections have as many in the file. */
  readonly size: number;
  readonly link: number;
  readonly info: number;
  readonly alignment: number;
  /** Bytes of an entry, 0 if it is no table. */
  readonly entrySize: number;
  /** Where this header is in the file. */
  readonly headerOffset: number;
}

/** Reads the header at `at`, which has to lie in the file. @throws ElfError if the data does not lie in the file */
export function readSection(image: ElfImage, index: number, at: number): ElfSection {
  const { section } = image.layout;
  const result: ElfSection = {
    index,
    nameOffset: readUint(image, at + SECTION.name),
    type: readUint(image, at + SECTION.type),
    flags: readWord(image, at + section.flags),
    address: readAddress(image, at + section.address),
    offset: readWord(image, at + section.offset),
    size: readWord(image, at + section.size),
    link: readUint(image, at + section.link),
    info: readUint(image, at + section.info),
    alignment: readWord(image, at + section.alignment),
    entrySize: readWord(image, at + section.entrySize),
    headerOffset: at,
  };
  if (hasData(result)) {
    requireRange(image.bytes.length, result.offset, 0, 'sh_offset', at + section.offset);
    requireRange(image.bytes.length, result.offset, result.size, 'sh_size', at + section.size);
  }
  return result;
}

/** Whether a section has bytes of its own in the file. */
export function hasData(section: ElfSection): boolean {
  return section.type !== ELF.SECTION_NULL && section.type !== ELF.SECTION_NOBITS && section.size > 0;
}

/**
 * No byte of a file belongs to two sections (gABI, "Sections").
 *
 * @throws ElfError `overlap`
 */
export function requireNoOverlap(image: ElfImage, sections: readonly ElfSection[]): void {
  const sorted = sections.filter(hasData).sort((a, b) => a.offset - b.offset);
  let end = 0;
  for (const section of sorted) {
    if (section.offset < end) {
      const at = section.headerOffset + image.layout.section.offset;
      throw new ElfError('overlap', 'sh_offset', at, `section ${String(section.index)} overlaps the one before it`);
    }
    end = section.offset + section.size;
  }
}
