import type { Btf } from '../../btf/btf.ts';
import type { MapSpec } from '../../program/program.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { btfSizeDiffers } from '../rules/map/btf-size.rule.ts';
import { wrongKeyType } from '../rules/map/key-type.rule.ts';
import { checkFields } from './field-permission.ts';
import { scanFields } from './field-scan.ts';
import { checkKeyType } from './key-type.ts';
import type { MapKind } from './map-kinds.ts';
import { refuse, type MapRefusal } from './refusal.ts';
import type { ValueFields } from './value-fields.ts';
import { sizedType, type SizedType } from './value-type.ts';

/** A map that is created with BTF. */
export type TypedSpec = MapSpec & { readonly btf: Btf };

/**
 * map_check_btf(), kernel/bpf/syscall.c: what the value's BTF holds, if the map may hold it.
 *
 * @param flags as the map has them, not as they were asked for
 */
export function checkMapBtf(kernel: Kernel, kind: MapKind, spec: TypedSpec, flags: number): ValueFields | MapRefusal {
  const key = keyOf(kind, spec);
  if ('rule' in key) return key;
  const value = sizedType(spec.btf, spec.valueTypeId);
  if (value?.size !== spec.valueSize) return refuseSize(spec, 'value', value);
  const fields = scanFields(kernel, spec.btf, value.id);
  return checkFields(kernel, spec, flags, fields) ?? checkKeyType(kind, spec, key.id, value.id) ?? fields;
}

/** Some maps have no key. */
function keyOf(kind: MapKind, spec: TypedSpec): SizedType | MapRefusal {
  if (spec.keyTypeId === 0) {
    if (kind.btf !== undefined) return { id: 0, size: 0 };
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
