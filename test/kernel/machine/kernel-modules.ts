import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decompress } from '../../../generator/importers/image/decompress.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { openElfBtf } from '../../../src/btf/open-btf-file.ts';
import { isElf, openElf, type Elf } from '../../../src/elf/open-elf.ts';
import { findSection, sectionData } from '../../../src/elf/sections.ts';
import type { RealKernel } from './kernels.ts';

/** A module that a kernel is shipped with. */
export interface KernelModule {
  readonly name: string;
  /** As init_module(2) takes it. */
  readonly bytes: Uint8Array;
  readonly btf: Btf;
}

/**
 * Modules of a kernel and what they depend on, in the order in which they have to be loaded.
 *
 * @returns none for a kernel without a folder of modules, which has everything built in; `missing` are names that are
 * neither in the folder nor built in
 * @throws ElfError, BtfError, ImageError where a module is not what it should be
 */
export async function readModules(
  kernel: RealKernel,
  names: readonly string[],
): Promise<{ readonly modules: readonly KernelModule[]; readonly missing: readonly string[] }> {
  const modules: KernelModule[] = [];
  const missing: string[] = [];
  if (kernel.modules === undefined) return { modules, missing };
  const files = readdirSync(kernel.modules, { recursive: true, encoding: 'utf8' });
  const paths = new Map(
    files.filter((file) => /\.ko(\.\w+)?$/.test(file)).map((file) => [moduleName(file), file] as const),
  );
  const builtIn = new Set(
    files
      .filter((file) => basename(file) === 'modules.builtin')
      .flatMap((file) => readFileSync(join(kernel.modules ?? '', file), 'utf8').split('\n'))
      .map(moduleName),
  );
  const add = async (name: string): Promise<void> => {
    if (builtIn.has(name) || modules.some((known) => known.name === name)) return;
    const path = paths.get(name);
    if (path === undefined) {
      missing.push(name);
      return;
    }
    const packed = new Uint8Array(readFileSync(join(kernel.modules ?? '', path)));
    const bytes = isElf(packed) ? packed : await decompress(packed, undefined);
    const elf = openElf(bytes);
    for (const needed of dependsOn(elf)) await add(needed);
    modules.push({ name, bytes, btf: openElfBtf(elf, { base: kernel.btf }) });
  };
  for (const name of names) await add(name);
  return { modules, missing };
}

/** `kernel/net/netfilter/nf_conntrack.ko.xz` is nf_conntrack; names of files may have dashes, those of modules do not. */
function moduleName(path: string): string {
  return basename(path)
    .replace(/\.ko(\.\w+)?$/, '')
    .replaceAll('-', '_');
}

/** What `.modinfo` says: strings `key=value`, each with a zero at its end. */
function dependsOn(elf: Elf): readonly string[] {
  const section = findSection(elf, '.modinfo');
  const texts = section === undefined ? [] : Buffer.from(sectionData(elf, section)).toString('latin1').split('\0');
  return texts
    .filter((text) => text.startsWith('depends='))
    .flatMap((text) => text.slice('depends='.length).split(','))
    .filter((name) => name !== '')
    .map(moduleName);
}
