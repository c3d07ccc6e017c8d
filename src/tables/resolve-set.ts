import type { Kernel } from '../../generated/types/kernel.ts';
import type { DtorPair, KfuncSet } from './kernel-table.ts';
import type { DtorIds } from './kernel-state.ts';
import { sortIds } from './kfunc-slot.ts';
import type { KfuncIdSet } from './register-kfuncs.ts';
import { createFilters, type FilterMaker } from './set-filter.ts';
import { setEntries } from './set-entries.ts';

/**
 * Finds the BTF id of a name.
 *
 * @param kind of the BTF type: kfuncs are functions, types with destructors are structs
 * @param owner in whose BTF: `vmlinux` or a module, which builds on that of vmlinux
 * @returns undefined where there is none
 */
export type NameResolver = (name: string, kind: 'func' | 'struct', owner: string) => number | undefined;

/** Stands for a name that has no id; tools/bpf/resolve_btfids leaves it in the set, with a warning. */
const UNRESOLVED = 0;

/**
 * A set as it lies in the image after tools/bpf/resolve_btfids: names turned into ids, ids sorted. With layout id_set a
 * set type without members is a NULL pointer.
 *
 * @param owner as registration knows it: `vmlinux` for what is built in
 * @param filterOf the filters of the kernel, shared by the sets that are registered together
 */
export function resolveSet(
  profile: Kernel,
  set: KfuncSet,
  owner: string,
  resolve: NameResolver,
  filterOf: FilterMaker = createFilters(profile),
): KfuncIdSet {
  const entries = Array.from(setEntries(set), ([name, word]) => ({
    id: resolve(name, 'func', owner) ?? UNRESOLVED,
    word,
  }));
  if (profile.layout !== 'id_set') {
    const ids = Int32Array.from(entries, (entry) => entry.id);
    const flags = Uint32Array.from(entries, (entry) => entry.word);
    const sorted = sortIds({ ids, flags });
    const filter = profile.limits.filter_max_cnt === undefined ? undefined : filterOf(set.filter, sorted.ids);
    const resolved = { layout: profile.layout, owner, ids: sorted.ids, flags: sorted.flags ?? flags };
    return filter === undefined ? resolved : { ...resolved, filter };
  }
  const sets = (profile.set_types ?? []).map((_, type) => {
    const members = entries.filter((entry) => (entry.word & (1 << type)) !== 0);
    return members.length === 0 ? undefined : Int32Array.from(members, (entry) => entry.id).sort();
  });
  return { layout: 'id_set', owner, sets };
}

/** Destructor pairs with names turned into ids, in their order: a BTF_ID_LIST is not sorted. */
export function resolveDtors(pairs: readonly DtorPair[], owner: string, resolve: NameResolver): readonly DtorIds[] {
  return pairs.map((pair) => ({
    btfId: resolve(pair.type, 'struct', owner) ?? UNRESOLVED,
    kfuncBtfId: resolve(pair.kfunc, 'func', owner) ?? UNRESOLVED,
  }));
}

/**
 * A resolver that needs no BTF: every distinct function and struct name gets an id of its own, from 1 on. Enough for
 * everything that depends on how many ids there are and which are equal, such as limits.
 */
export function createNameResolver(): NameResolver {
  const ids = new Map<string, number>();
  return (name, kind) => {
    const key = `${kind} ${name}`;
    const id = ids.get(key) ?? ids.size + 1;
    ids.set(key, id);
    return id;
  };
}
