import { kindNumberOf, nameOf, type Btf } from '../../btf/btf.ts';
import { skipTypedefs } from '../../btf/follow.ts';
import { KIND } from '../../btf/kinds.ts';
import { typeAt } from '../../btf/read-type.ts';
import { ERRNO } from '../errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { mapsBehave } from './map-behaviours.ts';
import type { KptrSlot } from './kptr-slot.ts';
import { dtorOf, findKernelStruct } from './kptr-target.ts';
import type { Kptrs, ValueFields } from './value-fields.ts';
import { valueParts, type ValuePart } from './value-parts.ts';

/** BPF_MAP_VALUE_OFF_MAX. */
const MOST_KPTRS = 8;

/** A part that is what is searched for; a negative errno that ends the search; undefined: goes on. */
type Match<T> = (part: ValuePart, byteOffset: number) => T | number | undefined;

/** One kind of field: bytes it takes in a data section, its alignment, the name its type must have. */
interface Sought {
  readonly size: number;
  readonly align: number;
  readonly name: string | undefined;
  readonly most: number;
}

interface FoundKptr {
  readonly offset: number;
  readonly kind: 'unreferenced' | 'referenced';
  readonly typeName: string;
}

/**
 * The fields of a value up to v6.1, where spin lock, timer and kptrs are searched for one after the other, and only among
 * the value's own members.
 *
 * btf_find_spin_lock(), btf_find_timer() and btf_parse_kptrs(), kernel/bpf/btf.c, v5.19.
 */
export function scanFields(kernel: Kernel, btf: Btf, typeId: number): ValueFields {
  return {
    spinLock: findStruct(btf, typeId, { name: 'bpf_spin_lock', size: 4, align: 4, most: 1 }),
    timer: findStruct(btf, typeId, { name: 'bpf_timer', size: 16, align: 8, most: 1 }),
    others: [],
    kptrs: mapsBehave(kernel.version, 'kptrs') ? findKptrs(kernel, btf, typeId) : undefined,
  };
}

function findStruct(btf: Btf, typeId: number, sought: Sought): number {
  const found = findField<{ readonly offset: number }>(btf, typeId, sought, (part, offset) => {
    const type = typeAt(btf, part.type);
    return type.kind === 'struct' && type.size === sought.size ? { offset } : undefined;
  });
  return typeof found === 'number' ? found : (found[0]?.offset ?? -ERRNO.ENOENT);
}

function findKptrs(kernel: Kernel, btf: Btf, typeId: number): Kptrs | undefined {
  const sought = { name: undefined, size: 8, align: 8, most: MOST_KPTRS };
  const found = findField<FoundKptr>(btf, typeId, sought, (part, offset) => matchKptr(btf, part, offset));
  if (typeof found === 'number') return { errno: found };
  if (found.length === 0) return undefined;
  const slots: KptrSlot[] = [];
  for (const kptr of found) {
    const slot = resolveKptr(kernel, kptr);
    if (slot === undefined) return { errno: -ERRNO.ENOENT };
    slots.push(slot);
  }
  return { slots };
}

/** btf_find_field(): all parts that match, or the negative errno of the first that is at fault. */
function findField<T extends object>(
  btf: Btf,
  typeId: number,
  { name, size, align, most }: Sought,
  match: Match<T>,
): readonly T[] | number {
  const parts = valueParts(btf, typeId);
  if (parts === undefined) return -ERRNO.EINVAL;
  const found: T[] = [];
  for (const part of parts) {
    if (name !== undefined && nameOf(btf, part.type) !== name) continue;
    if (part.size !== undefined && part.size !== size) continue;
    if (part.bitOffset % (8 * align) !== 0) return -ERRNO.EINVAL;
    const matched = match(part, part.bitOffset / 8);
    if (typeof matched === 'number') return matched;
    if (matched === undefined) continue;
    if (found.length === most) return -ERRNO.E2BIG;
    found.push(matched);
  }
  return found;
}

/** btf_find_kptr(). */
function matchKptr(btf: Btf, part: ValuePart, offset: number): FoundKptr | number | undefined {
  const pointer = typeAt(btf, part.type);
  if (pointer.kind !== 'ptr') return undefined;
  const tag = typeAt(btf, pointer.type);
  if (tag.kind !== 'type_tag') return undefined;
  if (kindNumberOf(btf, tag.type) === KIND.TYPE_TAG) return -ERRNO.EINVAL;
  if (tag.text !== 'kptr' && tag.text !== 'kptr_ref') return -ERRNO.EINVAL;
  const target = typeAt(btf, skipTypedefs(btf, tag.type));
  if (target.kind !== 'struct') return -ERRNO.EINVAL;
  return { offset, kind: tag.text === 'kptr' ? 'unreferenced' : 'referenced', typeName: target.name };
}

/** btf_parse_kptrs() for one slot; undefined: ENOENT. */
function resolveKptr(kernel: Kernel, { offset, kind, typeName }: FoundKptr): KptrSlot | undefined {
  const target = findKernelStruct(kernel, typeName);
  if (target === undefined) return undefined;
  const dtor = kind === 'referenced' ? dtorOf(target) : undefined;
  if (kind === 'referenced' && dtor === undefined) return undefined;
  return { offset, size: 8, kind, ...target, typeName, dtor };
}
