import { ERRNO } from './errno.ts';
import { NO_HOOK } from './hooks.ts';
import { btfOf, missingBtfErrno } from './kernel-state.ts';
import type { BtfObject, KernelState } from './kernel-state.ts';
import { concatIds, sortIds } from './kfunc-slot.ts';
import type { IdsAndFlags, KfuncFilter } from './kfunc-slot.ts';

/** struct btf_kfunc_id_set of kernels with layout id_set: a set for each set type. */
export interface IdSets {
  readonly layout: 'id_set';
  /** `vmlinux` or the name of a module. */
  readonly owner: string;
  /** BTF ids by number of the set type, as in profile.set_types; undefined is a NULL pointer. */
  readonly sets: readonly (Int32Array | undefined)[];
}

/** struct btf_kfunc_id_set of kernels with flags. */
export interface FlaggedIdSet {
  /** How the set is declared: id_set8 by BTF_SET8_START, kfuncs by BTF_KFUNCS_START, which marks it BTF_SET8_KFUNCS. */
  readonly layout: 'id_set8' | 'kfuncs';
  /** `vmlinux` or the name of a module. */
  readonly owner: string;
  readonly ids: Int32Array;
  /** The KF_ flags of each id, at the same position. */
  readonly flags: Uint32Array;
  /** Only on kernels with limits.filter_max_cnt. */
  readonly filter?: KfuncFilter;
}

export type KfuncIdSet = IdSets | FlaggedIdSet;

/** Whether the id is a function with a prototype that a kfunc with these flags may have. */
export type KfuncProtoCheck = (id: number, flags: number) => boolean;

/**
 * register_btf_kfunc_id_set(), kernel/bpf/btf.c: adds a set to the hook of a program type.
 *
 * An error after the BTF was found frees the whole kfunc table of that BTF, with what was registered before, for other
 * hooks too; only the set mark and the prototypes are looked at before. Arrays of a module are kept, not copied, where
 * the profile says registration.module_sets: assigned. Not modelled: -ENOMEM, the kernel's log, and the remapping of
 * ids for modules whose BTF has a reduced base of its own (ids are those of the running kernel).
 *
 * @param progType as in profile.prog_types
 * @param protoOk for kernels that check the prototypes of kfuncs; default: nothing is checked
 * @returns 0 or a negative errno
 * @throws RangeError if C code for this kernel could not even make the call: no such program type, another layout
 */
export function registerBtfKfuncIdSet(
  state: KernelState,
  progType: string,
  set: KfuncIdSet,
  protoOk?: KfuncProtoCheck,
): number {
  const hook = state.hooks.ofProgType.get(progType);
  if (hook === undefined) throw new RangeError(`${state.profile.version} has no program type ${progType}`);
  checkForm(state, set);
  if (state.profile.layout === 'kfuncs' && set.layout !== 'kfuncs') return -ERRNO.EINVAL;
  return register(state, hook, set, protoOk);
}

/**
 * register_btf_fmodret_id_set(), kernel/bpf/btf.c: makes functions attachable for fmod_ret programs. As
 * registerBtfKfuncIdSet(), but for the hook fmodret, and the set needs no mark.
 *
 * @returns 0 or a negative errno
 * @throws RangeError if the kernel has no such function, or another layout
 */
export function registerBtfFmodretIdSet(state: KernelState, set: KfuncIdSet, protoOk?: KfuncProtoCheck): number {
  const hook = state.profile.hooks['fmodret'];
  if (hook === undefined) throw new RangeError(`${state.profile.version} has no register_btf_fmodret_id_set()`);
  checkForm(state, set);
  return register(state, hook.value, set, protoOk);
}

/** What the C compiler would see to. */
function checkForm({ profile }: KernelState, set: KfuncIdSet): void {
  if ((set.layout === 'id_set') !== (profile.layout === 'id_set')) {
    throw new RangeError(`${profile.version} has sets of layout ${profile.layout}, not ${set.layout}`);
  }
  if (set.layout === 'id_set') return;
  if (set.ids.length !== set.flags.length) {
    throw new RangeError(`a set has ${set.ids.length} ids but ${set.flags.length} flags words`);
  }
  if (set.filter !== undefined && profile.limits.filter_max_cnt === undefined) {
    throw new RangeError(`${profile.version} has no filters of kfunc sets`);
  }
}

function register(state: KernelState, hook: number, set: KfuncIdSet, protoOk: KfuncProtoCheck | undefined): number {
  const btf = btfOf(state, set.owner);
  if (btf === undefined) return missingBtfErrno(state, set.owner, state.profile.registration.missing_module_btf);

  if (set.layout !== 'id_set') {
    const sane = (id: number, position: number): boolean => protoOk?.(id, set.flags[position] ?? 0) ?? true;
    if (!set.ids.every(sane)) return -ERRNO.EINVAL;
    return populate(state, btf, hook, 0, set, set.filter);
  }
  for (const [type, ids] of set.sets.entries()) {
    if (ids === undefined) continue;
    const errno = populate(state, btf, hook, type, { ids, flags: undefined }, undefined);
    if (errno !== 0) return errno;
  }
  return 0;
}

/** __btf_populate_kfunc_set() and btf_populate_kfunc_set(), kernel/bpf/btf.c: one set into one slot. */
function populate(
  state: KernelState,
  btf: BtfObject,
  hook: number,
  type: number,
  added: IdsAndFlags,
  filter: KfuncFilter | undefined,
): number {
  const fail = (errno: number): number => {
    btf.kfuncTable = undefined;
    return -errno;
  };
  const { limits, registration } = state.profile;
  const { slotCount, typeCount } = state.hooks;

  if (hook === NO_HOOK || type >= typeCount) return fail(ERRNO.EINVAL);
  if (added.ids.length === 0) return 0;
  const slot = hook * typeCount + type;
  const held = btf.kfuncTable?.[slot];
  const filters = addFilter(held?.filters ?? [], filter);
  if (filters.length > (limits.filter_max_cnt ?? 0)) return fail(ERRNO.E2BIG);
  if (btf.isModule && held !== undefined) return fail(ERRNO.EINVAL);

  let taken = added;
  if (!btf.isModule || registration.module_sets === 'copied') {
    const errno = growthErrno(held?.ids.length ?? 0, added.ids.length, limits.set_max_cnt);
    if (errno !== 0) return fail(errno);
    taken = sortIds(held === undefined ? added : concatIds(held, added));
  }
  btf.kfuncTable ??= Array.from({ length: slotCount }, () => undefined);
  btf.kfuncTable[slot] = { ids: taken.ids, flags: taken.flags, filters };
  return 0;
}

function addFilter(filters: readonly KfuncFilter[], added: KfuncFilter | undefined): readonly KfuncFilter[] {
  return added === undefined || filters.includes(added) ? filters : [...filters, added];
}

const U32_MAX = 0xffffffff;

/**
 * Whether a slot may grow: duplicates count, and exactly as many as the limit are allowed.
 *
 * @returns 0 or a positive errno
 */
export function growthErrno(held: number, added: number, limit: number): number {
  if (held > U32_MAX - added) return ERRNO.EOVERFLOW;
  return held + added > limit ? ERRNO.E2BIG : 0;
}
