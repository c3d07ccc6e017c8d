import { nameOf } from '../../btf/btf.ts';
import { typeAt } from '../../btf/read-type.ts';
import { ERRNO } from '../errno.ts';
import type { FieldKind } from './field-kinds.ts';
import type { FieldRecord, RecordField } from './field-record.ts';
import { checkGraphRoot } from './graph-root.ts';
import type { KptrSlot } from './kptr-slot.ts';
import { dtorOf, findKernelStruct } from './kptr-target.ts';
import { localBtf } from './local-btf.ts';
import { mapsBehave } from './map-behaviours.ts';
import { findFields, type FieldSearch, type FoundField } from './record-scan.ts';

/**
 * The record of a value or struct: btf_parse_fields(), kernel/bpf/btf.c, from v6.2 on.
 *
 * @param size bytes of the value
 */
export function parseFields(search: FieldSearch, typeId: number, size: number): FieldRecord {
  const found = findFields(search, typeId);
  if (typeof found === 'number') return { errno: found };
  if (found.length === 0) return undefined;
  const fields: RecordField[] = [];
  let next = 0;
  for (const field of found) {
    if (field.offset + field.size > size) return { errno: -ERRNO.EFAULT };
    if (field.offset < next) return { errno: -ERRNO.EEXIST };
    next = field.offset + field.size;
    const parsed = parseField(search, field);
    if (typeof parsed === 'number') return { errno: parsed };
    fields.push(parsed);
  }
  return isConsistent(fields, mapsBehave(search.kernel.version, 'treesNeedLock'))
    ? { fields }
    : { errno: -ERRNO.EINVAL };
}

function parseField(search: FieldSearch, { kind, offset, size, kptr, root }: FoundField): RecordField | number {
  if (kptr !== undefined) {
    const slot = parseKptr(search, offset, kptr);
    return typeof slot === 'number' ? slot : { kind, offset, size, slot, nodeTypeId: undefined };
  }
  if (root === undefined) return { kind, offset, size, slot: undefined, nodeTypeId: undefined };
  const result = checkGraphRoot(search.btf, root, kind === 'list_head' ? 'bpf_list_node' : 'bpf_rb_node');
  return result < 0 ? result : { kind, offset, size, slot: undefined, nodeTypeId: root.valueTypeId };
}

/** btf_parse_kptr(). */
function parseKptr(
  { kernel, btf }: FieldSearch,
  offset: number,
  { kind, typeId }: NonNullable<FoundField['kptr']>,
): KptrSlot | number {
  const typeName = nameOf(btf, typeId);
  const target = findKernelStruct(kernel, typeName);
  if (target === undefined) {
    if (!mapsBehave(kernel.version, 'localKptrs')) return -ERRNO.ENOENT;
    return { offset, size: 8, kind, btf: localBtf(btf), typeId, typeName, dtor: undefined };
  }
  const dtor = kind === 'referenced' ? dtorOf(target) : undefined;
  if (kind === 'referenced' && dtor === undefined) return -ERRNO.ENOENT;
  return { offset, size: 8, kind, ...target, typeName, dtor };
}

/** The end of btf_parse_fields(): what fields need each other, or exclude each other. */
function isConsistent(fields: readonly RecordField[], treesNeedLock: boolean): boolean {
  const has = (kind: FieldKind): boolean => fields.some((field) => field.kind === kind);
  const hasLock = has('spin_lock') || has('res_spin_lock');
  if (has('spin_lock') && has('res_spin_lock')) return false;
  if ((has('list_head') || (treesNeedLock && has('rb_root'))) && !hasLock) return false;
  return has('refcount') || !has('list_node') || !has('rb_node');
}

const PAGE_SIZE = 4096;

/**
 * btf_check_and_fixup_fields(), kernel/bpf/btf.c: what the fields of a record refer to in their own BTF.
 *
 * @param recordOf the record of a struct that was made when its BTF was loaded; undefined if it has none
 * @returns 0 or a negative errno
 */
export function checkRecord(record: FieldRecord, recordOf: (typeId: number) => FieldRecord): number {
  if (record === undefined || 'errno' in record) return 0;
  const isNode = record.fields.some(({ kind }) => kind === 'list_node' || kind === 'rb_node');
  for (const { kind, slot, nodeTypeId } of record.fields) {
    const result = kind === 'uptr' && slot !== undefined ? checkUptr(slot) : 0;
    if (result !== 0) return result;
    if (nodeTypeId === undefined) continue;
    const node = recordOf(nodeTypeId);
    if (node === undefined || 'errno' in node) return -ERRNO.EFAULT;
    if (isNode && node.fields.some(({ nodeTypeId }) => nodeTypeId !== undefined)) return -ERRNO.ELOOP;
  }
  return 0;
}

/** A pointer to memory of user space holds one page at most, and nothing of the kernel. */
function checkUptr({ btf, typeId }: KptrSlot): number {
  const type = typeAt(btf.btf, typeId);
  if (btf.name !== 'program' || type.kind !== 'struct' || type.size === 0) return -ERRNO.EINVAL;
  return type.size > PAGE_SIZE ? -ERRNO.E2BIG : 0;
}
