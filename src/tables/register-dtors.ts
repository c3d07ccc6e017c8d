import type { Kernel } from '../../generated/types/kernel.ts';
import { ERRNO } from './errno.ts';
import { btfOf, missingBtfErrno } from './kernel-state.ts';
import type { BtfObject, DtorIds, DtorTable, KernelState } from './kernel-state.ts';

/**
 * Whether the id is a FUNC whose prototype returns void and takes exactly one pointer: btf_check_dtor_kfuncs(),
 * kernel/bpf/btf.c. The type that the pointer points to does not matter there.
 *
 * @param btfName in whose BTF the id is: `vmlinux` or the name of a module
 */
export type DtorProtoCheck = (kfuncBtfId: number, btfName: string) => boolean;

/** Whether the kernel has destructor pairs at all. */
export function hasDtors(profile: Kernel): boolean {
  return profile.limits.dtor_max_cnt !== undefined;
}

/**
 * register_btf_id_dtor_kfuncs(), kernel/bpf/btf.c: gives BTF types their destructors.
 *
 * Built-in code may call it often, a module once, even if that one call brings no pair. An error after the BTF was
 * found frees the whole destructor table of that BTF. Duplicate types are kept and stay in order here; in the kernel
 * it is chance which one lookup finds. Not modelled: -ENOMEM and the kernel's log. -EOVERFLOW is not modelled either,
 * since the limit is reached before.
 *
 * @param protoOk default: every id but 0, which no FUNC has
 * @returns 0 or a negative errno
 * @throws RangeError if the kernel has no such function: code for it would not link (see hasDtors())
 */
export function registerBtfIdDtorKfuncs(
  state: KernelState,
  pairs: readonly DtorIds[],
  owner: string,
  protoOk: DtorProtoCheck = isNotVoid,
): number {
  const { limits, registration, version } = state.profile;
  const limit = limits.dtor_max_cnt;
  if (limit === undefined) throw new RangeError(`${version} has no register_btf_id_dtor_kfuncs()`);
  const btf = btfOf(state, owner);
  if (btf === undefined) return missingBtfErrno(state, owner, registration.missing_module_btf_dtors);

  const errno = dtorErrno(btf, pairs, limit, protoOk);
  btf.dtorTable = errno === 0 ? mergeDtors(btf.dtorTable, pairs) : undefined;
  return errno;
}

function dtorErrno(btf: BtfObject, pairs: readonly DtorIds[], limit: number, protoOk: DtorProtoCheck): number {
  // Already reaching the limit is an error here, unlike with kfuncs: one pair less is the most.
  if (pairs.length >= limit) return -ERRNO.E2BIG;
  if (!pairs.every((pair) => protoOk(pair.kfuncBtfId, btf.name))) return -ERRNO.EINVAL;
  if (btf.isModule && btf.dtorTable !== undefined) return -ERRNO.EINVAL;
  return (btf.dtorTable?.btfIds.length ?? 0) + pairs.length >= limit ? -ERRNO.E2BIG : 0;
}

function isNotVoid(id: number): boolean {
  return id !== 0;
}

function mergeDtors(held: DtorTable | undefined, pairs: readonly DtorIds[]): DtorTable {
  const all: DtorIds[] = Array.from(held?.btfIds ?? [], (btfId, position) => ({
    btfId,
    kfuncBtfId: held?.kfuncBtfIds[position] ?? 0,
  }));
  all.push(...pairs);
  all.sort((a, b) => (a.btfId | 0) - (b.btfId | 0));
  return {
    btfIds: Int32Array.from(all, (pair) => pair.btfId),
    kfuncBtfIds: Int32Array.from(all, (pair) => pair.kfuncBtfId),
  };
}
