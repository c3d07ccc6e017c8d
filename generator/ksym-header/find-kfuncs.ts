import type { KernelBtf } from '../../src/btf/resolver.ts';
import { findOfOwner, type BtfFound } from '../btf-kernel/find-kfunc.ts';
import { taggedByOwner } from '../btf-kernel/tagged-kfuncs.ts';
import type { KernelModel } from '../declarations/model.ts';

/**
 * The kfuncs of a kernel by name: those that the registry knows of its version and that are in its BTF, and those that
 * the BTF marks itself. Of owners that share a name the first has it, vmlinux before modules.
 */
export function kfuncsOfKernel(given: KernelBtf, model: KernelModel): ReadonlyMap<string, BtfFound> {
  const kfuncs = new Map<string, BtfFound>();
  const add = (owner: string, name: string): void => {
    const found = findOfOwner(given, owner, name, 'func');
    if (typeof found !== 'string' && !kfuncs.has(name)) {
      kfuncs.set(name, found);
    }
  };
  const sources = model.sources.toSorted((a, b) => Number(a.owner !== 'vmlinux') - Number(b.owner !== 'vmlinux'));
  for (const { owner, sets } of sources) {
    sets
      .flatMap((set) => set.kfuncs)
      .forEach(({ name }) => {
        add(owner, name);
      });
  }
  for (const [owner, names] of taggedByOwner(given)) {
    names.forEach((name) => {
      add(owner, name);
    });
  }
  return kfuncs;
}
