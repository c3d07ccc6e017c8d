import type { Btf } from '../../btf/btf.ts';
import type { MapSpec } from '../../program/program.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { btfSizeDiffers } from '../rules/map/btf-size.rule.ts';
import { graphRoot } from '../rules/map/graph-root.rule.ts';
import { wrongKeyType } from '../rules/map/key-type.rule.ts';
import { checkFields } from './field-permission.ts';
import { scanFields } from './field-scan.ts';
import { once } from './known-fields.ts';
import { checkKeyType } from './key-type.ts';
import type { MapKind } from './map-kinds.ts';
import { refuse, type MapRefusal } from './refusal.ts';
import { fieldsOf, type ValueFields } from './value-fields.ts';
import { valueFieldKinds } from './field-kinds.ts';
import { mapsBehave } from './map-behaviours.ts';
import { checkRecord, parseFields } from './record-parse.ts';
import { checkRecordFields } from './record-permission.ts';
import { structRecords } from './struct-records.ts';
import { sizedType, type SizedType } from './value-type.ts';

/** A map that is created with BTF. */
export type TypedSpec = MapSpec & { readonly btf: Btf };

/**
 * map_check_btf(), kernel/bpf/syscall.c: what the value's BTF holds, if the map may hold it.
 *
 * @param flags as the map has them, not as they were asked for
 */
export function checkMapBtf(kernel: Kernel, kind: MapKind, spec: TypedSpec, flags: number): ValueFields | MapRefusal {
  const key = keyOf(kernel, kind, spec);
  if ('rule' in key) return key;
  const value = sizedType(spec.btf, spec.valueTypeId);
  if (value?.size !== spec.valueSize) return refuseSize(spec, 'value', value);
  const fields = mapsBehave(kernel.version, 'fieldRecord')
    ? recordOf(kernel, spec, flags, value)
    : scan(kernel, spec, flags, value);
  if ('rule' in fields) return fields;
  return checkKeyType(kind, spec, key.id, value.id) ?? fields;
}

/** Up to v6.1 each kind of field is searched for. */
function scan(kernel: Kernel, spec: TypedSpec, flags: number, { id }: SizedType): ValueFields | MapRefusal {
  const fields = once(kernel, spec.btf, id, () => scanFields(kernel, spec.btf, id));
  return checkFields(kernel, spec, flags, fields) ?? fields;
}

/** From v6.2 on one record has them all. */
function recordOf(kernel: Kernel, spec: TypedSpec, flags: number, { id, size }: SizedType): ValueFields | MapRefusal {
  const { btf } = spec;
  const search = { kernel, btf, kinds: valueFieldKinds(kernel.version) };
  const record = once(kernel, btf, id, () => parseFields(search, id, size));
  const fields = record !== undefined && 'fields' in record ? record.fields : [];
  const refusal = checkRecordFields(kernel, spec, flags, fields);
  if (refusal !== undefined) return refusal;
  const structs = structRecords(kernel, btf);
  const result = checkRecord(record, (typeId) => (typeof structs === 'number' ? undefined : structs.get(typeId)));
  return result === 0 ? fieldsOf(record) : refuse(graphRoot, { map: spec.name }, result);
}

/** Some maps have no key; those that look at it themselves refuse that later. */
function keyOf(kernel: Kernel, kind: MapKind, spec: TypedSpec): SizedType | MapRefusal {
  if (spec.keyTypeId === 0) {
    const looks = kind.btf === 'hash' ? mapsBehave(kernel.version, 'hashChecksKey') : kind.btf !== undefined;
    if (looks) return { id: 0, size: 0 };
    return refuse(wrongKeyType, { map: spec.name, type: spec.type, expected: 'given' });
  }
  const key = sizedType(spec.btf, spec.keyTypeId);
  return key?.size === spec.keySize ? key : refuseSize(spec, 'key', key);
}

function refuseSize(spec: TypedSpec, part: 'key' | 'value', found: SizedType | undefined): MapRefusal {
  return refuse(btfSizeDiffers, {
    map: spec.name,
    part,
    found: found?.size ?? 'no',
    size: part === 'key' ? spec.keySize : spec.valueSize,
  });
}
