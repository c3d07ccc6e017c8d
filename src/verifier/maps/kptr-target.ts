import { nameOf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { findDtorKfunc } from '../../tables/lookup.ts';
import type { Kernel, KernelBtf } from '../kernel/kernel.ts';

export interface KernelType {
  readonly btf: KernelBtf;
  readonly typeId: number;
}

/**
 * The struct of a name in vmlinux, or else in the first module that has one: bpf_find_btf_id(), kernel/bpf/btf.c.
 *
 * A struct without a name is not found: the kernel reads `(anon)` where there is none.
 */
export function findKernelStruct(kernel: Kernel, name: string): KernelType | undefined {
  for (const btf of [kernel.vmlinux, ...kernel.modules]) {
    const typeId = findIdByName(btf.btf, name, 'struct');
    if (typeId !== undefined) return { btf, typeId };
  }
  return undefined;
}

/**
 * Name of the destructor kfunc of a type; undefined if there is none, so that it can be the target of no referenced kptr.
 */
export function dtorOf({ btf, typeId }: KernelType): string | undefined {
  const id = btf.object === undefined ? -1 : findDtorKfunc(btf.object, typeId);
  return id < 0 ? undefined : nameOf(btf.btf, id);
}
