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

function nameInModinfo(bytes: Uint8Array): string | undefined {
  const elf = openElf(bytes);
  const section = findSection(elf, '.modinfo');
  const fields = section === undefined ? [] : new TextDecoder().decode(sectionData(elf, section)).split('\0');
  return fields.find((field) => field.startsWith('name='))?.slice('name='.length);
}
