import { nameOf, type Btf } from '../../btf/btf.ts';
import type { BtfComposite, BtfMember } from '../../btf/btf-type.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import { FLAG } from '../state/register.ts';
import { resolveSize } from './resolve-size.ts';

/** What lies at an offset of a struct. */
export type Walked =
  | { readonly kind: 'scalar' }
  /** A pointer to a struct, with the FLAG bits that its tag gives it. */
  | {
      readonly kind: 'pointer';
      readonly typeId: number;
      readonly flags: number;
      readonly field: string;
      readonly isRcu: boolean;
    }
  /** A nested struct that begins just there. */
  | { readonly kind: 'struct'; readonly typeId: number; readonly isUntrusted?: boolean }
  | { readonly kind: 'refused'; readonly errno: 'EACCES' | 'EINVAL' | 'EFAULT'; readonly why: string };

export interface WalkRules {
  /** Integers behind a flexible array may be read. */
  readonly flexibleIntegers: boolean;
  /** `__rcu` pointers are RCU's, and what lies in a union is not to be trusted. */
  readonly trustsPointers: boolean;
}

/**
 * Finds what an access of a struct hits: btf_struct_walk(), kernel/bpf/btf.c.
 *
 * Arrays of structs are walked as if their elements stood there one by one; arrays of integers may be read as a whole.
 *
 * @param id a struct or union
 * @param offset bytes, not negative
 * @param size bytes
 * @param isUntrusted the pointer is untrusted already: from v6.1 on reads beyond the end of a member are not refused then
 * @throws BtfError if types can't be followed
 */
export function walkStruct(
  btf: Btf,
  id: number,
  offset: number,
  size: number,
  rules: WalkRules,
  isUntrusted = false,
): Walked {
  let current = id;
  let off = offset;
  let untrusted = isUntrusted;
  for (;;) {
    const type = typeAt(btf, current);
    if (type.kind !== 'struct' && type.kind !== 'union') {
      return { kind: 'refused', errno: 'EINVAL', why: `${nameOf(btf, current)} is no struct` };
    }
    if (rules.trustsPointers && type.kind === 'union' && type.members.length !== 1) untrusted = true;
    if (off + size > type.size) {
      const behind = flexiblePart(btf, type, off, rules);
      if (behind === 'scalar') return { kind: 'scalar' };
      if (behind === undefined) {
        return { kind: 'refused', errno: 'EACCES', why: `struct ${type.name} has ${String(type.size)} bytes` };
      }
      ({ current, off } = behind);
      continue;
    }
    const found = findMember(btf, type, off, size, untrusted);
    if (found.kind === 'pointer' && rules.trustsPointers) return withTrust(found, untrusted);
    if (found.kind === 'struct' && rules.trustsPointers) return { ...found, isUntrusted: untrusted };
    if (found.kind !== 'descend') return found;
    current = found.typeId;
    off = found.offset;
  }
}

/** The last member may be an array without a length: what lies behind the end of the struct is in its elements. */
function flexiblePart(
  btf: Btf,
  type: BtfComposite,
  off: number,
  rules: WalkRules,
): { readonly current: number; readonly off: number } | 'scalar' | undefined {
  const last = type.members.at(-1);
  if (last === undefined) return undefined;
  const array = typeAt(btf, skipTypedefs(btf, last.type));
  const start = byteOffset(last);
  if (array.kind !== 'array' || array.length !== 0 || off < start) return undefined;
  const elementId = skipTypedefs(btf, array.type);
  const element = typeAt(btf, elementId);
  if (rules.flexibleIntegers && element.kind === 'int') return 'scalar';
  if ((element.kind !== 'struct' && element.kind !== 'union') || element.size === 0) return undefined;
  return { current: elementId, off: (off - start) % element.size };
}

type Found = Walked | { readonly kind: 'descend'; readonly typeId: number; readonly offset: number };

function findMember(btf: Btf, type: BtfComposite, off: number, size: number, isUntrusted: boolean): Found {
  for (const member of type.members) {
    const start = byteOffset(member);
    if (off + size <= start) break;
    if (member.bitSize !== undefined && member.bitSize !== 0) {
      const end = Math.ceil((member.bitOffset + member.bitSize) / 8);
      if (off <= start && end <= off + size) return { kind: 'scalar' };
      continue;
    }
    if (off < start) break;
    const found = lookAtMember(btf, type, member, off, size, isUntrusted);
    if (found !== undefined) return found;
  }
  return { kind: 'refused', errno: 'EINVAL', why: `struct ${type.name} has no member at byte ${String(off)}` };
}

/** @returns undefined if the member ends before the offset */
function lookAtMember(
  btf: Btf,
  type: BtfComposite,
  member: BtfMember,
  off: number,
  size: number,
  isUntrusted: boolean,
): Found | undefined {
  const resolved = resolveSize(btf, member.type);
  if (resolved === undefined) return { kind: 'refused', errno: 'EFAULT', why: `member ${member.name} has no size` };
  let start = byteOffset(member);
  const end = start + resolved.size;
  if (off >= end) return undefined;
  let bytes = resolved.size;
  if (resolved.isArray) {
    // An empty array was passed over already: its end is its start.
    bytes = resolved.size / resolved.count;
    start += Math.floor((off - start) / bytes) * bytes;
  }
  const element = typeAt(btf, resolved.element);
  if (element.kind === 'struct' || element.kind === 'union') {
    if (off === start) return { kind: 'struct', typeId: resolved.element };
    return { kind: 'descend', typeId: resolved.element, offset: off - start };
  }
  if (element.kind === 'ptr') {
    if (bytes !== size || off !== start) {
      const why = `pointer ${member.name} of struct ${type.name} is not read as a whole`;
      return { kind: 'refused', errno: 'EACCES', why };
    }
    const target = skipTypedefs(btf, element.type);
    const targetType = typeAt(btf, target);
    if (targetType.kind === 'struct' || targetType.kind === 'union') {
      return {
        kind: 'pointer',
        typeId: target,
        flags: tagFlags(btf, element.type),
        field: member.name,
        isRcu: isTagged(btf, element.type, 'rcu'),
      };
    }
  }
  if (off + size > end && !isUntrusted) {
    const why = `member ${member.name} of struct ${type.name} ends at byte ${String(end)}`;
    return { kind: 'refused', errno: 'EACCES', why };
  }
  return { kind: 'scalar' };
}

type Pointer = Extract<Walked, { readonly kind: 'pointer' }>;

/** Pointers in a union are not to be trusted; those under RCU are known by their tag. */
function withTrust(found: Pointer, isUntrusted: boolean): Pointer {
  const tagged = found.isRcu ? found.flags | FLAG.rcu : found.flags;
  const flags = isUntrusted ? tagged | FLAG.untrusted : tagged;
  return flags === found.flags ? found : { ...found, flags };
}

/** What the tag right behind a pointer says of it: `__user`, `__percpu`. */
function tagFlags(btf: Btf, pointee: number): number {
  const type = typeAt(btf, pointee);
  if (type.kind !== 'type_tag') return 0;
  if (type.text === 'user') return FLAG.user;
  return type.text === 'percpu' ? FLAG.perCpu : 0;
}

function isTagged(btf: Btf, pointee: number, tag: string): boolean {
  const type = typeAt(btf, pointee);
  return type.kind === 'type_tag' && type.text === tag;
}

function byteOffset(member: BtfMember): number {
  return Math.floor(member.bitOffset / 8);
}
