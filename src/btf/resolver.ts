import type { Btf } from './btf.ts';
import { findIdByName } from './find.ts';

/** The BTF of one kernel: of vmlinux, and of the modules that are at hand, by the name of the module. */
export interface KernelBtf {
  readonly vmlinux: Btf;
  readonly modules: ReadonlyMap<string, Btf>;
}

/** The BTF in which names of an owner (`vmlinux` or a module) are looked up; undefined if it is not at hand. */
export function btfOfOwner({ vmlinux, modules }: KernelBtf, owner: string): Btf | undefined {
  return owner === 'vmlinux' ? vmlinux : modules.get(owner);
}

/**
 * A resolver of names to BTF ids for registerTable(). An owner is looked up in its own BTF on its base, where the type
 * with the smallest id is taken, as by tools/bpf/resolve_btfids (main.c, symbols_resolve()): ids of two modules may be
 * the same number, so they mean something with their owner alone.
 *
 * @returns a function that gives undefined for a name that is not there, or an owner whose BTF is not at hand
 */
export function createBtfResolver(
  kernel: KernelBtf,
): (name: string, kind: 'func' | 'struct', owner: string) => number | undefined {
  return (name, kind, owner) => {
    const btf = btfOfOwner(kernel, owner);
    return btf === undefined ? undefined : findIdByName(btf, name, kind);
  };
}
