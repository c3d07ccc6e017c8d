import { BtfError } from './btf-error.ts';
import type { Btf } from './btf.ts';
import { openBtf, type OpenOptions } from './open-btf.ts';
import { isElf, openElf, type Elf } from '../elf/open-elf.ts';
import { findSection, sectionData } from '../elf/sections.ts';

/**
 * Opens the BTF in a file: raw, or the `.BTF` of an ELF file (vmlinux, a module, a BPF object).
 *
 * @param bytes the whole file; must not change as long as the result is in use
 * @param options.base for a module the BTF of vmlinux
 * @throws BtfError, `no-btf` if it is an ELF file without; ElfError
 */
export function openBtfFile(bytes: Uint8Array, options: OpenOptions = {}): Btf {
  return isElf(bytes) ? openElfBtf(openElf(bytes), options) : openBtf(bytes, options);
}

/**
 * Opens the `.BTF` of an ELF file. Its class tells the size of pointers.
 *
 * A module may carry a reduced base of its own, `.BTF.base`, which its ids are counted on. It goes before the base that
 * is given, as in tools/bpf/resolve_btfids, v6.12.
 *
 * @throws BtfError, `no-btf` if there is none; ElfError
 */
export function openElfBtf(elf: Elf, { base }: OpenOptions = {}): Btf {
  const own = dataOf(elf, '.BTF');
  if (own === undefined) throw new BtfError('no-btf', { field: '.BTF' }, 'the ELF file has no .BTF');
  const pointerBytes = elf.layout.word;
  const carried = dataOf(elf, '.BTF.base');
  return openBtf(own, { base: carried === undefined ? base : openBtf(carried, { pointerBytes }), pointerBytes });
}

function dataOf(elf: Elf, name: string): Uint8Array | undefined {
  const section = findSection(elf, name);
  return section === undefined ? undefined : sectionData(elf, section);
}
