import type { Btf } from '../../btf/btf.ts';
import type { MapSpec } from '../../program/program.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { scanFields } from './field-scan.ts';
import { checkKeyType } from './key-type.ts';
import { mapsBehave } from './map-behaviours.ts';
import { MAP_FLAG } from './map-flags.ts';
import type { MapKind } from './map-kinds.ts';
import { refuse, type MapRefusal } from './refusal.ts';
import type { ValueFields } from './value-fields.ts';
import { sizedType } from './value-type.ts';

const SPIN_LOCK_MAPS = new Set(['hash', 'array', 'cgroup_storage', 'sk_storage', 'inode_storage', 'task_storage']);
const TIMER_MAPS = new Set(['hash', 'lru_hash', 'array']);
const KPTR_MAPS = new Set(['hash', 'lru_hash', 'array']);

/**
 * map_check_btf(), kernel/bpf/syscall.c: what the value's BTF holds, if the map may hold it.
 *
 * @param flags as the map has them, not as they were asked for
 */
export function checkMapBtf(
  kernel: Kernel,
  kind: MapKind,
  spec: MapSpec & { readonly btf: Btf },
  flags: number,
): ValueFields | MapRefusal {
  const { btf } = spec;
  let keyId = 0;
  if (spec.keyTypeId !== 0) {
    const key = sizedType(btf, spec.keyTypeId);
    if (key?.size !== spec.keySize) return refuse('map/btf-size', 'EINVAL');
    keyId = key.id;
  } else if (kind.btf === undefined) {
    return refuse('map/btf-key', 'EINVAL');
  }
  const value = sizedType(btf, spec.valueTypeId);
  if (value?.size !== spec.valueSize) return refuse('map/btf-size', 'EINVAL');
  const fields = scanFields(kernel, btf, value.id);
  return checkFields(kernel, spec.type, flags, fields) ?? checkKeyType(kind, spec, btf, keyId, value.id) ?? fields;
}

function checkFields(kernel: Kernel, type: string, flags: number, fields: ValueFields): MapRefusal | undefined {
  const readOnly = (flags & MAP_FLAG.RDONLY_PROG) !== 0;
  if (fields.spinLock >= 0) {
    if (readOnly) return refuse('map/special-field', 'EACCES');
    if (!SPIN_LOCK_MAPS.has(type)) return refuse('map/spin-lock', 'ENOTSUPP');
  }
  if (fields.timer >= 0) {
    if (readOnly) return refuse('map/special-field', 'EACCES');
    if (!TIMER_MAPS.has(type)) return refuse('map/timer', 'EOPNOTSUPP');
  }
  if (fields.kptrs === undefined || 'errno' in fields.kptrs) return undefined;
  if ((flags & (MAP_FLAG.RDONLY_PROG | MAP_FLAG.WRONLY_PROG)) !== 0) return refuse('map/kptr-flags', 'EACCES');
  const isAllowed = KPTR_MAPS.has(type) || (type === 'percpu_array' && mapsBehave(kernel.version, 'percpuArrayKptrs'));
  return isAllowed ? undefined : refuse('map/kptr-map-type', 'EOPNOTSUPP');
}
