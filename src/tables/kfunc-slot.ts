/**
 * A filter of a kfunc set: not 0 hides the kfunc from the program.
 *
 * The filters of a hook are asked about every kfunc of that hook in that BTF, not of their own set alone
 * (kernel/bpf/btf.c, v6.6).
 */
export type KfuncFilter = (program: unknown, kfuncId: number) => number;

/**
 * The kfuncs of one hook, or of one hook and set type, in one BTF: a struct btf_id_set, or with `flags` a struct
 * btf_id_set8.
 */
export interface KfuncSlot {
  /** BTF ids of the functions. */
  readonly ids: Int32Array;
  /** The KF_ flags of each id, at the same position; only where the layout has flags. */
  readonly flags: Uint32Array | undefined;
  /** Each once. */
  readonly filters: readonly KfuncFilter[];
}

/** The ids of a slot and their flags. */
export type IdsAndFlags = Pick<KfuncSlot, 'ids' | 'flags'>;

/** All of `first`, then all of `second`. Neither is changed. */
export function concatIds(first: IdsAndFlags, second: IdsAndFlags): IdsAndFlags {
  const ids = new Int32Array(first.ids.length + second.ids.length);
  ids.set(first.ids);
  ids.set(second.ids, first.ids.length);
  if (first.flags === undefined || second.flags === undefined) return { ids, flags: undefined };
  const flags = new Uint32Array(ids.length);
  flags.set(first.flags);
  flags.set(second.flags, first.ids.length);
  return { ids, flags };
}

/**
 * The same sorted by signed id, flags moving along with their id. What is given is not changed.
 *
 * Equal ids keep their order here. The kernel sorts with a heap sort (lib/sort.c), which does not keep it: where two
 * sets name one kfunc with different flags, which of the two words lookup finds is chance there.
 */
export function sortIds({ ids, flags }: IdsAndFlags): IdsAndFlags {
  const pairs = Array.from(ids, (id, position) => ({ id, flags: flags?.[position] ?? 0 }));
  pairs.sort((a, b) => a.id - b.id);
  return {
    ids: Int32Array.from(pairs, (pair) => pair.id),
    flags: flags && Uint32Array.from(pairs, (pair) => pair.flags),
  };
}
