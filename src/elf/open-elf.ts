import { ElfError } from './elf-error.ts';
import { ELF } from './elf-constants.ts';
import { readHalf, readWord, requireRange, type ElfImage } from './elf-image.ts';
import { ELF32, ELF64, HEADER, IDENT, SECTION } from './elf-layout.ts';
import { readSection, requireNoOverlap, type ElfSection } from './elf-section.ts';

/** An ELF file that was opened. Everything in it is a view of the bytes that were given. */
export interface Elf extends ElfImage {
  /** ET_ number. */
  readonly type: number;
  /** EM_ number. */
  readonly machine: number;
  readonly sections: readonly ElfSection[];
  /** The section with the names of the sections; undefined in a file that has none. */
  readonly sectionNames: ElfSection | undefined;
}

/** As many section headers are read; a vmlinux has about 80, an object with a section for each function some thousands. */
export const MAX_SECTIONS = 65_536;

const MAGIC = [0x7f, 0x45, 0x4c, 0x46];

/** Whether bytes begin as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

/**
 * Opens an ELF32 or ELF64 file of either byte order. The section headers are read and checked; data, names and symbols
 * stay where they are.
 *
 * @param bytes the whole file; it must not change as long as the result is in use
 * @throws ElfError if it is no ELF file, or a header points outside of the file
 */
export function openElf(bytes: Uint8Array): Elf {
  const image = readIdentification(bytes);
  const { header } = image.layout;
  requireRange(bytes.length, 0, header.bytes, 'e_ident', 0);
  const sections = readSections(image);
  requireNoOverlap(image, sections);
  return {
    ...image,
    type: readHalf(image, HEADER.type),
    machine: readHalf(image, HEADER.machine),
    sections,
    sectionNames: findSectionNames(image, sections),
  };
}

/**
 * The section that a header field names by index.
 *
 * @throws ElfError `out-of-range`
 */
export function sectionAt(sections: readonly ElfSection[], index: number, field: string, at: number): ElfSection {
  const section = sections[index];
  if (section === undefined) {
    throw new ElfError('out-of-range', field, at, `section ${String(index)}, of ${String(sections.length)}`);
  }
  return section;
}

/**
 * A string table ends with a zero, so that every string in it ends.
 *
 * @throws ElfError `bad-strings`
 */
export function requireStrings(image: ElfImage, section: ElfSection): void {
  const end = section.offset + section.size;
  const terminated = section.size === 0 || image.bytes[end - 1] === 0;
  if (section.type !== ELF.SECTION_STRTAB || !terminated) {
    const what = terminated ? 'is no string table' : 'has a last string without end';
    throw new ElfError('bad-strings', 'sh_type', section.headerOffset, `section ${String(section.index)} ${what}`);
  }
}

function readIdentification(bytes: Uint8Array): ElfImage {
  if (!isElf(bytes)) throw new ElfError('not-elf', 'e_ident', 0, 'does not begin with the magic of ELF');
  requireRange(bytes.length, 0, IDENT.bytes, 'e_ident', 0);
  const elfClass = bytes[IDENT.class];
  const byteOrder = bytes[IDENT.byteOrder];
  if (elfClass !== ELF.CLASS_32 && elfClass !== ELF.CLASS_64) {
    throw new ElfError('unsupported', 'EI_CLASS', IDENT.class, `class ${String(elfClass)}`);
  }
  if (byteOrder !== ELF.LITTLE_ENDIAN && byteOrder !== ELF.BIG_ENDIAN) {
    throw new ElfError('unsupported', 'EI_DATA', IDENT.byteOrder, `byte order ${String(byteOrder)}`);
  }
  if (bytes[IDENT.version] !== ELF.VERSION) {
    throw new ElfError('unsupported', 'EI_VERSION', IDENT.version, `version ${String(bytes[IDENT.version])}`);
  }
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    littleEndian: byteOrder === ELF.LITTLE_ENDIAN,
    layout: elfClass === ELF.CLASS_32 ? ELF32 : ELF64,
  };
}

function readSections(image: ElfImage): readonly ElfSection[] {
  const { header, section } = image.layout;
  const start = readWord(image, header.shoff);
  if (start === 0) return [];
  const entrySize = readHalf(image, header.shentsize);
  if (entrySize !== section.bytes) {
    throw new ElfError('bad-size', 'e_shentsize', header.shentsize, `section headers of ${String(entrySize)} bytes`);
  }
  requireRange(image.bytes.length, start, entrySize, 'e_shoff', header.shoff);
  // A number too large for the header stands in the first section header (gABI, e_shnum).
  const short = readHalf(image, header.shnum);
  const count = short === 0 ? readWord(image, start + section.size) : short;
  if (count > MAX_SECTIONS) {
    throw new ElfError('too-many', 'e_shnum', header.shnum, `${String(count)} sections, limit ${String(MAX_SECTIONS)}`);
  }
  requireRange(image.bytes.length, start, count * entrySize, 'e_shnum', header.shnum);
  return Array.from({ length: count }, (_, index) => readSection(image, index, start + index * entrySize));
}

function findSectionNames(image: ElfImage, sections: readonly ElfSection[]): ElfSection | undefined {
  const field = image.layout.header.shstrndx;
  const short = readHalf(image, field);
  const index = short === ELF.INDEX_EXTENDED ? (sections[0]?.link ?? 0) : short;
  if (index === 0) return undefined;
  const names = sectionAt(sections, index, 'e_shstrndx', field);
  requireStrings(image, names);
  for (const section of sections) {
    requireRange(names.size, section.nameOffset, 1, 'sh_name', section.headerOffset + SECTION.name);
  }
  return names;
}
