import { readString } from '../../../src/elf/elf-strings.ts';
import type { Elf } from '../../../src/elf/open-elf.ts';
import { findSection, sectionData } from '../../../src/elf/sections.ts';

const KEY = 'name=';

/** The name in a module's `.modinfo`, as lsmod prints it; undefined in a vmlinux, and in an object that is no module yet. */
export function moduleName(elf: Elf): string | undefined {
  const section = findSection(elf, '.modinfo');
  if (section === undefined) return undefined;
  const data = sectionData(elf, section);
  for (let at = 0; at < data.length;) {
    const end = data.indexOf(0, at);
    const entry = readString(data, at, end === -1 ? data.length : end);
    if (entry.startsWith(KEY)) return entry.slice(KEY.length);
    at = end === -1 ? data.length : end + 1;
  }
  return undefined;
}
