import type { SetType } from '../../generated/types/kernel.ts';
import { ERRNO } from './errno.ts';
import type { Lookup } from './hooks.ts';
import { findId } from './id-search.ts';
import type { BtfObject, KernelState } from './kernel-state.ts';
import type { KfuncFilter } from './kfunc-slot.ts';

/**
 * Resolves names once, for many lookups with slotContains(). The result is good for every BTF of this kernel, and stays
 * good whatever is registered later.
 *
 * @param hookOrProgType a hook or a program type of the profile, without prefix. Program types are resolved ones: an
 *   extension program counts as the type of the program it extends. A program type that maps to no hook finds nothing,
 *   but for what is registered for all types where a kernel has that.
 * @throws RangeError if the kernel has no hook or program type of that name
 */
export function resolveSlot(state: KernelState, hookOrProgType: string, setType: SetType = 'check'): Lookup {
  const lookup = state.hooks.lookups.get(hookOrProgType)?.[setType];
  if (lookup !== undefined) return lookup;
  throw new RangeError(`${state.profile.version} has no hook or program type ${hookOrProgType}`);
}

/**
 * Whether the id stands where the lookup searches; with flags, also whether the flag is set where it is found first.
 *
 * @param program handed to the filters of the hook
 */
export function slotContains(lookup: Lookup, btf: BtfObject, id: number, program?: unknown): boolean {
  const word = findWord(lookup, btf, id, program);
  return word !== undefined && (lookup.mask === 0 || (word & lookup.mask) !== 0);
}

/**
 * btf_kfunc_id_set_contains(), kernel/bpf/btf.c: with set type check, whether a program may call the kfunc.
 *
 * From v6.0 on a hook has one set with flags: check asks for membership, the other set types for the flag that took
 * their place. A set type that the kernel does not have contains nothing.
 *
 * @param hookOrProgType see resolveSlot()
 * @param id BTF id of the FUNC, in the BTF given
 * @param program handed to the filters of the hook
 * @throws RangeError if the kernel has no hook or program type of that name
 */
export function kfuncSetContains(
  state: KernelState,
  btf: BtfObject,
  hookOrProgType: string,
  setType: SetType,
  id: number,
  program?: unknown,
): boolean {
  return slotContains(resolveSlot(state, hookOrProgType, setType), btf, id, program);
}

/**
 * The word of a kfunc, as generated tables have it: its KF_ flags; with layout id_set, bit n for being in set type n.
 *
 * btf_kfunc_id_set_contains(), kernel/bpf/btf.c, v6.0.
 *
 * @param hookOrProgType see resolveSlot()
 * @returns undefined if the kfunc is not registered there
 * @throws RangeError if the kernel has no hook or program type of that name
 */
export function kfuncFlags(
  state: KernelState,
  btf: BtfObject,
  hookOrProgType: string,
  id: number,
  program?: unknown,
): number | undefined {
  if (state.profile.layout !== 'id_set') return findWord(resolveSlot(state, hookOrProgType), btf, id, program);
  let word = 0;
  for (const [type, setType] of (state.profile.set_types ?? []).entries()) {
    if (kfuncSetContains(state, btf, hookOrProgType, setType, id)) word |= 1 << type;
  }
  return word === 0 ? undefined : word;
}

/**
 * The destructor of a BTF type: btf_find_dtor_kfunc(), kernel/bpf/btf.c.
 *
 * @returns BTF id of the destructor kfunc, or -ENOENT: the type cannot be the target of a referenced kptr
 */
export function findDtorKfunc(btf: BtfObject, typeId: number): number {
  const table = btf.dtorTable;
  return table?.kfuncBtfIds[findId(table.btfIds, typeId)] ?? -ERRNO.ENOENT;
}

/** The flags where the id is found first, 0 in a layout without flags; undefined if it is not found. */
function findWord(lookup: Lookup, btf: BtfObject, id: number, program: unknown): number | undefined {
  const table = btf.kfuncTable;
  if (table === undefined) return undefined;
  for (const index of lookup.slots) {
    const slot = table[index];
    if (slot === undefined || isHidden(slot.filters, id, program)) continue;
    const position = findId(slot.ids, id);
    if (position >= 0) return slot.flags?.[position] ?? 0;
  }
  return undefined;
}

function isHidden(filters: readonly KfuncFilter[], id: number, program: unknown): boolean {
  return filters.length > 0 && filters.some((filter) => filter(program, id) !== 0);
}
