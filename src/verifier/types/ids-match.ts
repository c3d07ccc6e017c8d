import type { KernelBtf } from '../kernel/kernel.ts';
import { walkStruct, type WalkRules } from './struct-walk.ts';

/** A type of a kernel. */
export interface KernelType {
  readonly btf: KernelBtf;
  readonly typeId: number;
}

/** btf_types_are_same(): the same type of the same BTF; types of the base of a module's BTF are vmlinux's own. */
export function sameType(a: KernelType, b: KernelType): boolean {
  return a.typeId === b.typeId && (a.btf === b.btf || ownerOf(a) === ownerOf(b));
}

/** The BTF in whose own types the id is. */
function ownerOf({ btf, typeId }: KernelType): unknown {
  let home = btf.btf;
  while (typeId < home.firstId && home.base !== undefined) home = home.base;
  return home;
}

/**
 * Whether a pointer to a type, moved by an offset, serves as a pointer to another: it is that type, or a struct nested
 * in it begins there that is. btf_struct_ids_match(), kernel/bpf/btf.c.
 *
 * @param strict only the very type at offset 0 serves
 * @throws BtfError if types can't be followed
 */
export function typesMatch(
  have: KernelType,
  offset: number,
  need: KernelType,
  strict: boolean,
  rules: WalkRules,
): boolean {
  if (offset === 0 && sameType(have, need)) return true;
  if (strict) return false;
  let current = have.typeId;
  let off = offset;
  for (;;) {
    const walked = walkStruct(have.btf.btf, current, off, 1, rules);
    if (walked.kind !== 'struct') return false;
    if (sameType({ btf: have.btf, typeId: walked.typeId }, need)) return true;
    current = walked.typeId;
    off = 0;
  }
}
