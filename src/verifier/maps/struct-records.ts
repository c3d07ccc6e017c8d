import { kindNumberOf, nameOf, type Btf } from '../../btf/btf.ts';
import { findIdByName } from '../../btf/find.ts';
import { KIND } from '../../btf/kinds.ts';
import { typeAt } from '../../btf/read-type.ts';
import { ERRNO } from '../errno.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { structFieldKinds } from './field-kinds.ts';
import type { FieldRecord } from './field-record.ts';
import { mapsBehave } from './map-behaviours.ts';
import { checkRecord, parseFields } from './record-parse.ts';

/** By kernel and BTF: the records of structs, or the negative errno of the first that is at fault. */
const known = new WeakMap<Kernel, WeakMap<Btf, ReadonlyMap<number, FieldRecord> | number>>();

/** Structs that make those that have them as a member special: alloc_obj_fields, kernel/bpf/btf.c. */
const FIELD_STRUCTS = ['bpf_spin_lock', 'bpf_list_head', 'bpf_list_node', 'bpf_rb_root', 'bpf_rb_node', 'bpf_refcount'];
const PLAIN_KPTRS = new Set(['kptr', 'kptr_untrusted', 'percpu_kptr']);

/**
 * The records of the structs that programs may allocate, made when BTF is loaded: btf_parse_struct_metas(),
 * kernel/bpf/btf.c.
 *
 * @returns the negative errno with which the BTF is refused if one of them is at fault
 */
export function structRecords(kernel: Kernel, btf: Btf): ReadonlyMap<number, FieldRecord> | number {
  const byBtf = known.get(kernel) ?? new WeakMap<Btf, ReadonlyMap<number, FieldRecord> | number>();
  known.set(kernel, byBtf);
  const result = byBtf.get(btf) ?? parseStructs(kernel, btf);
  byBtf.set(btf, result);
  return result;
}

function parseStructs(kernel: Kernel, btf: Btf): ReadonlyMap<number, FieldRecord> | number {
  const special = specialTypes(kernel, btf);
  const search = { kernel, btf, kinds: structFieldKinds(kernel.version) };
  const records = new Map<number, FieldRecord>();
  for (let id = 1; id < btf.typeCount; id++) {
    const type = typeAt(btf, id);
    if (type.kind !== 'struct' || !type.members.some((member) => special.has(member.type))) continue;
    const record = parseFields(search, id, type.size);
    if (record === undefined) return -ERRNO.EFAULT;
    if ('errno' in record) return record.errno;
    records.set(id, record);
  }
  for (const record of records.values()) {
    const result = checkRecord(record, (typeId) => records.get(typeId));
    if (result < 0) return result;
  }
  return records;
}

function specialTypes(kernel: Kernel, btf: Btf): ReadonlySet<number> {
  const kinds = structFieldKinds(kernel.version);
  const names = FIELD_STRUCTS.filter((name) => kinds.has(name.slice('bpf_'.length) as 'spin_lock'));
  const special = new Set(names.map((name) => findIdByName(btf, name, 'struct')).filter((id) => id !== undefined));
  if (!mapsBehave(kernel.version, 'loadFindsKptrs')) return special;
  for (let id = 1; id < btf.typeCount; id++) {
    if (isKptr(btf, id)) special.add(id);
  }
  return special;
}

/** A type that btf_find_kptr() takes; what it refuses is refused where it is a member. */
function isKptr(btf: Btf, id: number): boolean {
  const start = typeAt(btf, id);
  const pointer = start.kind === 'volatile' ? typeAt(btf, start.type) : start;
  if (pointer.kind !== 'ptr' || kindNumberOf(btf, pointer.type) !== KIND.TYPE_TAG) return false;
  return PLAIN_KPTRS.has(nameOf(btf, pointer.type)) && pointsToStruct(btf, pointer.type);
}

function pointsToStruct(btf: Btf, tagId: number): boolean {
  const tag = typeAt(btf, tagId);
  if (tag.kind !== 'type_tag' || kindNumberOf(btf, tag.type) === KIND.TYPE_TAG) return false;
  let type = typeAt(btf, tag.type);
  for (let steps = 0; steps < 32; steps++) {
    if (type.kind === 'struct') return true;
    if (type.kind !== 'typedef' && type.kind !== 'const' && type.kind !== 'volatile' && type.kind !== 'restrict') break;
    type = typeAt(btf, type.type);
  }
  return false;
}
