import type { MapSpec } from '../../program/program.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { negative } from '../rules/rule.ts';
import { fieldMapType } from '../rules/map/field-map.rule.ts';
import { fieldProgramAccess } from '../rules/map/field-access.rule.ts';
import { kptrMapType } from '../rules/map/kptr-map.rule.ts';
import { kptrProgramAccess } from '../rules/map/kptr-access.rule.ts';
import { spinLockMapType } from '../rules/map/spin-lock-map.rule.ts';
import { timerMapType } from '../rules/map/timer-map.rule.ts';
import type { FieldKind } from './field-kinds.ts';
import type { RecordField } from './field-record.ts';
import { mapsBehave } from './map-behaviours.ts';
import { MAP_FLAG } from './map-flags.ts';
import { refuse, type MapRefusal } from './refusal.ts';

const TABLES = ['hash', 'lru_hash', 'array'];
const STORAGE = ['sk_storage', 'inode_storage', 'task_storage', 'cgrp_storage'];
const LOCK_MAPS = new Set(['hash', 'array', 'cgroup_storage', ...STORAGE]);
const TABLE_MAPS = new Set(TABLES);
const FIRST_KPTR_MAPS = new Set([...TABLES, 'percpu_array']);
const KPTR_MAPS = new Set([...TABLES, ...STORAGE, 'percpu_hash', 'lru_percpu_hash', 'percpu_array']);
const UPTR_MAPS = new Set(['task_storage']);

/**
 * Whether a map may have the fields of a record: the middle of map_check_btf(), kernel/bpf/syscall.c, from v6.2 on.
 *
 * @param flags as the map has them
 */
export function checkRecordFields(
  kernel: Kernel,
  { name: map, type }: MapSpec,
  flags: number,
  fields: readonly RecordField[],
): MapRefusal | undefined {
  if (fields.length > 0 && (flags & (MAP_FLAG.RDONLY_PROG | MAP_FLAG.WRONLY_PROG)) !== 0) {
    const hasKptr = fields.some(({ slot }) => slot !== undefined);
    return hasKptr ? refuse(kptrProgramAccess, { map }) : refuse(fieldProgramAccess, { map });
  }
  const wrong = fields.find(({ kind }) => !mapsFor(kind, kernel).has(type));
  if (wrong === undefined) return undefined;
  switch (wrong.kind) {
    case 'spin_lock':
    case 'res_spin_lock':
      return refuse(spinLockMapType, { map, type }, negative('EOPNOTSUPP'));
    case 'timer':
      return refuse(timerMapType, { map, type });
    case 'kptr':
      return refuse(kptrMapType, { map, type });
    default:
      return refuse(fieldMapType, { map, type, field: wrong.kind });
  }
}

function mapsFor(kind: FieldKind, { version }: Kernel): ReadonlySet<string> {
  switch (kind) {
    case 'spin_lock':
    case 'res_spin_lock':
      return LOCK_MAPS;
    case 'kptr':
    case 'refcount':
      return mapsBehave(version, 'kptrsInMostMaps') ? KPTR_MAPS : FIRST_KPTR_MAPS;
    case 'uptr':
      return UPTR_MAPS;
    default:
      return TABLE_MAPS;
  }
}
