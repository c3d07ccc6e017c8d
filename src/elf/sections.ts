import { ElfError } from './elf-error.ts';
import { ELF } from './elf-constants.ts';
import { hasData, type ElfSection } from './elf-section.ts';
import { readName } from './elf-names.ts';
import { encodeString, equalsString } from './elf-strings.ts';
import type { Elf } from './open-elf.ts';

/** The name of a section; empty in a file without section names. @throws ElfError if it is too long */
export function sectionName(elf: Elf, section: ElfSection): string {
  const names = elf.sectionNames;
  if (names === undefined) return '';
  return readName(elf, names, section.nameOffset, 'sh_name', section.headerOffset);
}

/** The first section of that name, or undefined. */
export function findSection(elf: Elf, name: string): ElfSection | undefined {
  const names = elf.sectionNames;
  if (names === undefined) return undefined;
  const wanted = encodeString(name);
  const end = names.offset + names.size;
  return elf.sections.find((section) => equalsString(elf.bytes, names.offset + section.nameOffset, end, wanted));
}

/**
 * The bytes of a section: a view of the file, empty for a section without any.
 *
 * @throws ElfError `unsupported` if the section is compressed
 */
export function sectionData(elf: Elf, section: ElfSection): Uint8Array {
  if (!hasData(section)) return elf.bytes.subarray(0, 0);

  if ((section.flags & ELF.FLAG_COMPRESSED) !== 0) {
    const at = section.headerOffset + elf.layout.section.flags;
    throw new ElfError('unsupported', 'sh_flags', at, `section ${String(section.index)} is compressed`);
  }
  return elf.bytes.subarray(section.offset, section.offset + section.size);
}
