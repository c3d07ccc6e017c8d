import type { Btf } from '../../btf/btf.ts';
import { walkStruct, type Walked, type WalkRules } from './struct-walk.ts';

/** What a load of so many bytes at an offset of a struct gives; nested structs that begin there are entered. */
export type Accessed = Exclude<Walked, { readonly kind: 'struct' }>;

/** btf_struct_access(), kernel/bpf/btf.c. @throws BtfError if types can't be followed */
export function accessStruct(
  btf: Btf,
  id: number,
  offset: number,
  size: number,
  rules: WalkRules,
  isUntrusted = false,
): Accessed {
  let current = id;
  let off = offset;
  let untrusted = isUntrusted;
  for (;;) {
    const walked = walkStruct(btf, current, off, size, rules, untrusted);
    if (walked.kind !== 'struct') return walked;
    untrusted = walked.isUntrusted ?? untrusted;
    current = walked.typeId;
    off = 0;
  }
}
