import { readString } from './elf-strings.ts';
import { isElf, openElf } from './open-elf.ts';
import { findSection, sectionData } from './sections.ts';

/**
 * What a module calls itself (`name=` in its .modinfo), or else its file: raw BTF is named after the module.
 *
 * @param path of the file, with forward slashes
 * @throws ElfError
 */
export function moduleName(path: string, bytes: Uint8Array): string {
  const name = isElf(bytes) ? nameInModinfo(bytes) : undefined;
  const file = path.slice(path.lastIndexOf('/') + 1);
  return name ?? file.replace(/\.(ko|btf)$/, '').replaceAll('-', '_');
}

/** The strings of .modinfo follow each other, each with a zero behind it. */
function nameInModinfo(bytes: Uint8Array): string | undefined {
  const elf = openElf(bytes);
  const section = findSection(elf, '.modinfo');
  const strings = section === undefined ? new Uint8Array() : sectionData(elf, section);
  for (let start = 0; start < strings.length; start = strings.indexOf(0, start) + 1 || strings.length) {
    const field = readString(strings, start, strings.length);
    if (field.startsWith('name=')) return field.slice('name='.length);
  }
  return undefined;
}
