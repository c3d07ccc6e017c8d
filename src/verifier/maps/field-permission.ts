import type { MapSpec } from '../../program/program.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { fieldReadOnly } from '../rules/map/field-read-only.rule.ts';
import { kptrProgramAccess } from '../rules/map/kptr-access.rule.ts';
import { kptrMapType } from '../rules/map/kptr-map.rule.ts';
import { spinLockMapType } from '../rules/map/spin-lock-map.rule.ts';
import { timerMapType } from '../rules/map/timer-map.rule.ts';
import { mapsBehave } from './map-behaviours.ts';
import { MAP_FLAG } from './map-flags.ts';
import { refuse, type MapRefusal } from './refusal.ts';
import type { ValueFields } from './value-fields.ts';

const SPIN_LOCK_MAPS = new Set(['hash', 'array', 'cgroup_storage', 'sk_storage', 'inode_storage', 'task_storage']);
const TIMER_MAPS = new Set(['hash', 'lru_hash', 'array']);
const KPTR_MAPS = new Set(['hash', 'lru_hash', 'array']);

/**
 * Whether a map may have such fields: the middle of map_check_btf(), kernel/bpf/syscall.c, up to v6.1.
 *
 * @param flags as the map has them
 */
export function checkFields(
  kernel: Kernel,
  { name: map, type }: MapSpec,
  flags: number,
  fields: ValueFields,
): MapRefusal | undefined {
  const isReadOnly = (flags & MAP_FLAG.RDONLY_PROG) !== 0;
  if (fields.spinLock >= 0) {
    if (isReadOnly) return refuse(fieldReadOnly, { map, field: 'bpf_spin_lock' });
    if (!SPIN_LOCK_MAPS.has(type)) return refuse(spinLockMapType, { map, type });
  }
  if (fields.timer >= 0) {
    if (isReadOnly) return refuse(fieldReadOnly, { map, field: 'bpf_timer' });
    if (!TIMER_MAPS.has(type)) return refuse(timerMapType, { map, type });
  }
  if (fields.kptrs === undefined || 'errno' in fields.kptrs) return undefined;
  if ((flags & (MAP_FLAG.RDONLY_PROG | MAP_FLAG.WRONLY_PROG)) !== 0) return refuse(kptrProgramAccess, { map });
  const isAllowed = KPTR_MAPS.has(type) || (type === 'percpu_array' && mapsBehave(kernel.version, 'percpuArrayKptrs'));
  return isAllowed ? undefined : refuse(kptrMapType, { map, type });
}
