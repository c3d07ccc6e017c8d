import type { Btf } from '../../src/btf/btf.ts';
import { findIdByName } from '../../src/btf/find.ts';
import { btfOfOwner, type KernelBtf } from '../../src/btf/resolver.ts';

/** A type in one of the BTFs of a kernel. */
export interface BtfFound {
  readonly btf: Btf;
  readonly id: number;
}

/**
 * The FUNC or struct that a name of an owner means. A module that is not given may be built in: what vmlinux has of it
 * is found there.
 *
 * @returns `absent` if the owner's BTF has none, `not-given` if that BTF is not at hand
 */
export function findOfOwner(
  kernel: KernelBtf,
  owner: string,
  name: string,
  kind: 'func' | 'struct',
): BtfFound | 'absent' | 'not-given' {
  const own = btfOfOwner(kernel, owner);
  const btf = own ?? kernel.vmlinux;
  const id = findIdByName(btf, name, kind);
  if (id !== undefined) {
    return { btf, id };
  }
  return own === undefined ? 'not-given' : 'absent';
}
