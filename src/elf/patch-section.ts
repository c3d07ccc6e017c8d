import { requireRange } from './elf-image.ts';
import type { ElfSection } from './elf-section.ts';
import { sectionData } from './sections.ts';
import type { Elf } from './open-elf.ts';

/** Bytes to put into a section. */
export interface ElfPatch {
  /** From the start of the section, in bytes. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * A copy of the file with other bytes in one section. Nothing moves.
 *
 * @throws ElfError `out-of-range` if a patch does not lie in the section
 */
export function patchSection(elf: Elf, section: ElfSection, patches: readonly ElfPatch[]): Uint8Array {
  const { length } = sectionData(elf, section);
  // A Buffer's own slice() would share the memory.
  const copy = Uint8Array.from(elf.bytes);
  for (const { offset, bytes } of patches) {
    requireRange(length, offset, bytes.length, 'patch', section.offset);
    copy.set(bytes, section.offset + offset);
  }
  return copy;
}
