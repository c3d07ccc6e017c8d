import { nameOf, type Btf } from '../../src/btf/btf.ts';
import type { KernelBtf } from '../../src/btf/resolver.ts';
import { findTagged } from '../../src/btf/tags.ts';

/** The declaration tag that pahole gives to functions in kfunc sets (scripts/Makefile.btf, `decl_tag_kfuncs`). */
const KFUNC_TAG = 'bpf_kfunc';

/** Names of the functions that a BTF itself marks as kfuncs; empty where it was made without such marks. */
export function taggedKfuncs(btf: Btf): ReadonlySet<string> {
  return new Set(findTagged(btf, KFUNC_TAG).map((id) => nameOf(btf, id)));
}

/** The same by owner. */
export function taggedByOwner({ vmlinux, modules }: KernelBtf): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map([['vmlinux', vmlinux] as const, ...modules].map(([owner, btf]) => [owner, taggedKfuncs(btf)]));
}
