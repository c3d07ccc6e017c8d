import { kindNumberOf, nameOf, type Btf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { KIND } from '../../btf/kinds.ts';
import { typeAt } from '../../btf/read-type.ts';
import { ERRNO } from '../errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { NAMED_FIELDS, type FieldKind, type NamedField } from './field-kinds.ts';
import { findGraphRoot, type GraphRoot } from './graph-root.ts';
import type { KptrKind } from './kptr-slot.ts';
import { mapsBehave } from './map-behaviours.ts';
import { valueParts, type ValuePart } from './value-parts.ts';

/** A field as it is found, before what it points to is looked for: struct btf_field_info. */
export interface FoundField {
  readonly kind: FieldKind;
  readonly offset: number;
  readonly size: number;
  readonly kptr: { readonly kind: KptrKind; readonly typeId: number } | undefined;
  readonly root: GraphRoot | undefined;
}

/** What is searched, for what. */
export interface FieldSearch {
  readonly kernel: Kernel;
  readonly btf: Btf;
  readonly kinds: ReadonlySet<FieldKind>;
}

/** MAX_RESOLVE_DEPTH. */
const DEEPEST = 32;
const REPEATABLE: ReadonlySet<FieldKind> = new Set(['kptr', 'uptr', 'list_head', 'rb_root']);

/**
 * The fields of a struct or data section: btf_find_field(), kernel/bpf/btf.c, from v6.2 on.
 *
 * @returns a negative errno if one is at fault, or if there are too many
 */
export function findFields(search: FieldSearch, typeId: number): readonly FoundField[] | number {
  const room = mapsBehave(search.kernel.version, 'elevenFields') ? 11 : 10;
  return findIn(search, typeId, room, 0);
}

function findIn(search: FieldSearch, typeId: number, room: number, level: number): readonly FoundField[] | number {
  const { btf } = search;
  const parts = valueParts(btf, typeId);
  if (parts === undefined) return -ERRNO.EINVAL;
  const nests = mapsBehave(search.kernel.version, 'nestedFields');
  const seen = new Set<FieldKind>();
  const found: FoundField[] = [];
  for (const part of parts) {
    if (nests && part.bitOffset % 8 !== 0) return -ERRNO.EINVAL;
    const step = nests
      ? findInPart(search, part, seen, room - found.length, level)
      : findOne(search, part, part.type, seen, room - found.length);
    if (typeof step === 'number') return step;
    found.push(...step);
  }
  return found;
}

/** btf_find_field_one() as far as it goes into arrays and structs. */
function findInPart(
  search: FieldSearch,
  part: ValuePart,
  seen: Set<FieldKind>,
  room: number,
  level: number,
): readonly FoundField[] | number {
  const { btf } = search;
  let typeId = part.type;
  let count = 1;
  let depth = 0;
  for (let type = typeAt(btf, typeId); type.kind === 'array'; type = typeAt(btf, typeId)) {
    if (++depth === DEEPEST) return -ERRNO.E2BIG;
    count = Math.min(count * type.length, 2 ** 32);
    typeId = type.type;
  }
  if (count === 0) return [];
  const type = typeAt(btf, typeId);
  if (type.kind !== 'struct' || namedField(search, typeId) !== undefined) {
    const one = findOne(
      search,
      { ...part, size: part.size === undefined ? undefined : part.size / count },
      typeId,
      seen,
      room,
    );
    return typeof one === 'number' || one.length === 0 ? one : repeat(one, count, one[0]?.size ?? 0, room);
  }
  if (part.size !== undefined && part.size !== type.size * count) return [];
  if (level + 1 >= DEEPEST) return -ERRNO.E2BIG;
  const inner = findIn(search, typeId, room, level + 1);
  if (typeof inner === 'number' || inner.length === 0) return inner;
  const start = part.bitOffset / 8;
  return repeat(
    inner.map((field) => ({ ...field, offset: start + field.offset })),
    count,
    type.size,
    room,
  );
}

/** btf_repeat_fields(). */
function repeat(
  fields: readonly FoundField[],
  count: number,
  size: number,
  room: number,
): readonly FoundField[] | number {
  if (count === 1) return fields;
  if (fields.some(({ kind }) => !REPEATABLE.has(kind))) return -ERRNO.EINVAL;
  if (fields.length * count > room) return -ERRNO.E2BIG;
  return Array.from({ length: count }, (_, index) =>
    fields.map((field) => ({ ...field, offset: field.offset + index * size })),
  ).flat();
}

/** What a part is itself: none or one field. */
function findOne(
  search: FieldSearch,
  part: ValuePart,
  typeId: number,
  seen: Set<FieldKind>,
  room: number,
): readonly FoundField[] | number {
  const named = namedField(search, typeId);
  if (named === undefined && !search.kinds.has('kptr') && !search.kinds.has('uptr')) return [];
  if (named?.isUnique === true && seen.has(named.kind)) return -ERRNO.E2BIG;
  if (named !== undefined) seen.add(named.kind);
  if (part.bitOffset % 8 !== 0) return -ERRNO.EINVAL;
  const offset = part.bitOffset / 8;
  const size = named === undefined ? 8 : structSize(search.kernel, named);
  if (part.size !== undefined && part.size !== size) return [];
  if (offset % (named?.align ?? 8) !== 0) return [];
  const field =
    named === undefined ? matchKptr(search, typeId, offset) : matchNamed(search, part, typeId, { named, size, offset });
  if (typeof field === 'number') return field;
  if (field === undefined) return [];
  return room === 0 ? -ERRNO.E2BIG : [field];
}

function namedField({ btf, kinds }: FieldSearch, typeId: number): NamedField | undefined {
  const name = nameOf(btf, typeId);
  return name === '' ? undefined : NAMED_FIELDS.find(({ struct, kind }) => struct === name && kinds.has(kind));
}

function structSize({ vmlinux }: Kernel, { struct, size }: NamedField): number {
  const id = findIdByName(vmlinux.btf, struct, 'struct');
  const type = id === undefined ? undefined : typeAt(vmlinux.btf, id);
  return type?.kind === 'struct' ? type.size : size;
}

/** btf_find_struct() and btf_find_graph_root(). */
function matchNamed(
  { btf }: FieldSearch,
  part: ValuePart,
  typeId: number,
  { named, size, offset }: { readonly named: NamedField; readonly size: number; readonly offset: number },
): FoundField | number | undefined {
  const type = typeAt(btf, typeId);
  if (type.kind !== 'struct' || type.size !== size) return undefined;
  const field = { kind: named.kind, offset, size, kptr: undefined, root: undefined };
  if (named.kind !== 'list_head' && named.kind !== 'rb_root') return field;
  const root = findGraphRoot(btf, part);
  return typeof root === 'number' ? root : { ...field, root };
}

/** btf_find_kptr(). */
function matchKptr(search: FieldSearch, typeId: number, offset: number): FoundField | number | undefined {
  const { btf, kernel, kinds } = search;
  const start = typeAt(btf, typeId);
  const pointer = start.kind === 'volatile' ? typeAt(btf, start.type) : start;
  if (pointer.kind !== 'ptr') return undefined;
  const tag = typeAt(btf, pointer.type);
  if (tag.kind !== 'type_tag') return undefined;
  if (tag.isAttribute && mapsBehave(kernel.version, 'tagAttributes')) return undefined;
  if (kindNumberOf(btf, tag.type) === KIND.TYPE_TAG) return -ERRNO.EINVAL;
  const kind = kptrKind(tag.text, kernel);
  if (kind === undefined) return -ERRNO.EINVAL;
  const fieldKind = kind === 'uptr' ? 'uptr' : 'kptr';
  if (!kinds.has(fieldKind)) return undefined;
  const targetId = skipTypedefs(btf, tag.type);
  if (typeAt(btf, targetId).kind !== 'struct') return -ERRNO.EINVAL;
  return { kind: fieldKind, offset, size: 8, kptr: { kind, typeId: targetId }, root: undefined };
}

function kptrKind(tag: string, { version }: Kernel): KptrKind | undefined {
  const renamed = mapsBehave(version, 'kptrsAreReferenced');
  switch (tag) {
    case 'kptr':
      return renamed ? 'referenced' : 'unreferenced';
    case 'kptr_ref':
      return renamed ? undefined : 'referenced';
    case 'kptr_untrusted':
      return renamed ? 'unreferenced' : undefined;
    case 'percpu_kptr':
      return mapsBehave(version, 'percpuKptrs') ? 'percpu' : undefined;
    case 'uptr':
      return mapsBehave(version, 'uptrs') ? 'uptr' : undefined;
    default:
      return undefined;
  }
}
