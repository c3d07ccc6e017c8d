import { kindOf, type Btf } from '../../btf/btf.ts';
import type { CoreRelocationKind } from '../../btf/btf-ext.ts';
import type { BtfArray, BtfMember } from '../../btf/btf-type.ts';
import { isEnum } from '../../btf/compat.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { typeAt } from '../../btf/read-type.ts';
import { sizeOf } from '../../btf/size.ts';

/** What a relocation asks about, found in one BTF. */
export interface CoreSpec {
  readonly btf: Btf;
  /** As the relocation has it, typedefs not skipped. */
  readonly rootId: number;
  /** Named members and indexes of arrays; anonymous members are passed through. */
  readonly accessors: readonly CoreAccessor[];
  /** Of the field from the start of the type. */
  readonly bitOffset: number;
}

export interface CoreAccessor {
  /** The struct, union or enum that has it; of an index the element. */
  readonly typeId: number;
  readonly index: number;
  /** Undefined for an index of an array. */
  readonly name: string | undefined;
}

/** Deeper nesting is refused (BPF_CORE_SPEC_MAX_LEN). */
export const MOST_STEPS = 64;

export function isTypeKind(kind: CoreRelocationKind): boolean {
  return kind.startsWith('type_');
}

export function isEnumKind(kind: CoreRelocationKind): boolean {
  return kind.startsWith('enumval_');
}

/**
 * What a relocation asks about, in the object's own BTF: bpf_core_parse_spec(), tools/lib/bpf/relo_core.c.
 *
 * @param access indexes with colons (`0:1:2`)
 * @returns a text that says what is wrong with it, or the spec
 * @throws BtfError where types can't be followed
 */
export function parseSpec(btf: Btf, rootId: number, kind: CoreRelocationKind, access: string): CoreSpec | string {
  if (isTypeKind(kind)) return access === '0' ? { btf, rootId, accessors: [], bitOffset: 0 } : 'the access is not 0';
  const steps = parseAccess(access);
  if (steps === undefined) return `the access ${access} is malformed`;
  const [first = 0, ...rest] = steps;
  const id = skipTypedefs(btf, rootId);
  if (isEnumKind(kind)) {
    const type = typeAt(btf, id);
    if (!('values' in type) || rest.length > 0) return 'asks for the value of something that is no enum';
    const value = type.values[first];
    if (value === undefined) return `the enum has no value ${String(first)}`;
    return { btf, rootId, accessors: [{ typeId: id, index: first, name: value.name }], bitOffset: 0 };
  }
  const accessors: CoreAccessor[] = [{ typeId: id, index: first, name: undefined }];
  let bitOffset = first * sizeOf(btf, id) * 8;
  let current = id;
  for (const index of rest) {
    const owner = skipTypedefs(btf, current);
    const kind = kindOf(btf, owner);
    if (kind === 'struct' || kind === 'union') {
      const member = membersOf(btf, owner)[index];
      if (member === undefined) return `the ${kind} has no member ${String(index)}`;
      bitOffset += member.bitOffset;
      if (member.name !== '') accessors.push({ typeId: owner, index, name: member.name });
      current = member.type;
      continue;
    }
    const type = typeAt(btf, owner);
    if (type.kind === 'array') {
      const element = skipTypedefs(btf, type.type);
      if (!isFlexible(btf, accessors.at(-1), type) && index >= type.length) return `index ${String(index)} of an array`;
      accessors.push({ typeId: element, index, name: undefined });
      bitOffset += index * sizeOf(btf, element) * 8;
      current = element;
    } else {
      return `accesses a part of a type that has none: ${type.kind}`;
    }
  }
  return { btf, rootId, accessors, bitOffset };
}

/** Whether an array has no length of its own: as the last member of a struct. */
export function isFlexible(btf: Btf, accessor: CoreAccessor | undefined, { length }: BtfArray): boolean {
  if (accessor?.name === undefined || length > 0) return false;
  return accessor.index === membersOf(btf, accessor.typeId).length - 1;
}

/** Of types that relocations ask about more than once; some have hundreds of members. */
const memberLists = new WeakMap<Btf, Map<number, readonly BtfMember[]>>();

/** The members of a struct or union; of anything else none. */
export function membersOf(btf: Btf, id: number): readonly BtfMember[] {
  const lists = memberLists.get(btf) ?? new Map<number, readonly BtfMember[]>();
  memberLists.set(btf, lists);
  const known = lists.get(id);
  if (known !== undefined) return known;
  const type = typeAt(btf, id);
  const members = type.kind === 'struct' || type.kind === 'union' ? type.members : [];
  lists.set(id, members);
  return members;
}

/** The access as a text for people: `tcp_sock.inet_conn.icsk_ca_ops`. */
export function describeSpec({ btf, rootId, accessors }: CoreSpec): string {
  const root = typeAt(btf, rootId);
  let text = 'name' in root && root.name !== '' ? root.name : 'an anonymous type';
  for (const [position, { name, index }] of accessors.entries()) {
    if (name !== undefined) text += isEnum(root.kind) ? `::${name}` : `.${name}`;
    else if (position > 0 || index > 0) text += `[${String(index)}]`;
  }
  return text;
}

function parseAccess(access: string): readonly number[] | undefined {
  if (!/^\d{1,9}(?::\d{1,9})*$/.test(access)) return undefined;
  const steps = access.split(':').map(Number);
  return steps.length <= MOST_STEPS ? steps : undefined;
}
