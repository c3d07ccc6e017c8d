import type { Kernel } from '../../generated/types/kernel.ts';
import type { KernelState } from '../../src/tables/kernel-state.ts';
import { kfuncSetContains } from '../../src/tables/lookup.ts';
import type { FlaggedIdSet, IdSets, KfuncIdSet } from '../../src/tables/register-kfuncs.ts';

/** `count` ids from `first` on. */
export function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, position) => first + position);
}

/** A set with a set type after the other; undefined is a NULL pointer. */
export function typed(owner: string, ...sets: readonly (readonly number[] | undefined)[]): IdSets {
  return { layout: 'id_set', owner, sets: sets.map((ids) => ids && Int32Array.from(ids)) };
}

/** A set with flags: pairs of id and flags word. */
export function flagged(
  owner: string,
  pairs: readonly (readonly [id: number, flags: number])[],
  layout: FlaggedIdSet['layout'] = 'id_set8',
): FlaggedIdSet {
  const ids = Int32Array.from(pairs, ([id]) => id);
  return { layout, owner, ids, flags: Uint32Array.from(pairs, ([, flags]) => flags) };
}

/** Callable kfuncs in the layout of the profile, without flags. */
export function plain(profile: Kernel, owner: string, ids: readonly number[]): KfuncIdSet {
  if (profile.layout === 'id_set') return typed(owner, ids);
  return flagged(
    owner,
    ids.map((id) => [id, 0]),
    profile.layout,
  );
}

/** Those of `ids` that vmlinux, or else the module, lets programs of a type call. */
export function callable(state: KernelState, progType: string, ids: readonly number[], module?: string): number[] {
  const btf = module === undefined ? state.vmlinux : state.modules.get(module)?.btf;
  if (btf === undefined) throw new RangeError('no such BTF');
  return ids.filter((id) => kfuncSetContains(state, btf, progType, 'check', id));
}
