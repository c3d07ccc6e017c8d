import type { Kernel } from '../../generated/types/kernel.ts';
import type { DtorPair, KernelTable, KfuncSet } from '../../src/tables/kernel-table.ts';

/** A set in a table; kfuncs without a word are callable and nothing more. */
export function set(
  parts: Partial<KfuncSet>,
  kfuncs: readonly (string | readonly [name: string, word: number])[],
  profile: Kernel,
): KfuncSet {
  const word = profile.layout === 'id_set' ? 1 : 0;
  return {
    name: 'acme_set',
    owner: 'vmlinux',
    source: 'drivers/acme.c',
    progTypes: ['xdp'],
    kfuncs: kfuncs.flatMap((kfunc) => (typeof kfunc === 'string' ? [kfunc, word] : kfunc)),
    ...parts,
  };
}

export function table(profile: Kernel, sets: readonly KfuncSet[], dtors: readonly DtorPair[] = []): KernelTable {
  return { profile, sets, dtors };
}
