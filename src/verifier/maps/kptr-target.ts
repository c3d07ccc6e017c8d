import { kindNumberOf, nameOf, type Btf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { KIND } from '../../btf/kinds.ts';
import { findDtorKfunc } from '../../tables/lookup.ts';
import type { Kernel, KernelBtf } from '../kernel/kernel.ts';

export interface KernelType {
  readonly btf: KernelBtf;
  readonly typeId: number;
}

/**
 * The struct of a name in vmlinux, or else in the first module that has one: bpf_find_btf_id(), kernel/bpf/btf.c.
 *
 * The kernel compares names as they are, so that a struct without one is the first of vmlinux that has none.
 */
export function findKernelStruct(kernel: Kernel, name: string): KernelType | undefined {
  for (const btf of [kernel.vmlinux, ...kernel.modules]) {
    const typeId = name === '' ? firstAnonymousStruct(btf.btf) : findIdByName(btf.btf, name, 'struct');
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

function firstAnonymousStruct(btf: Btf): number | undefined {
  for (let id = 1; id < btf.typeCount; id++) {
    if (kindNumberOf(btf, id) === KIND.STRUCT && nameOf(btf, id) === '') return id;
  }
  return undefined;
}
