import type { MapSpec } from '../../../program/program.ts';
import { ACCESS_MASK, isProgramAccessOk, MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { KMALLOC_MAX_SIZE, PCPU_MIN_UNIT_SIZE } from './limits.ts';

/** BPF_LOCAL_STORAGE_MAX_VALUE_SIZE, include/linux/bpf_local_storage.h: 65,535 less struct bpf_local_storage_elem. */
const LARGEST_SELEM = 0xffff;
const SELEM_BYTES = 128;
const LARGEST_VALUE = Math.min(KMALLOC_MAX_SIZE - 512 - SELEM_BYTES, LARGEST_SELEM - SELEM_BYTES);

/** bpf_local_storage_map_alloc_check(), kernel/bpf/bpf_local_storage.c: storage of sockets, inodes, tasks, cgroups. */
export function checkLocalStorage(spec: MapSpec): MapRefusal | undefined {
  if ((spec.flags & ~(MAP_FLAG.NO_PREALLOC | MAP_FLAG.CLONE)) !== 0) return refuse('map/flags', 'EINVAL');
  if ((spec.flags & MAP_FLAG.NO_PREALLOC) === 0) return refuse('map/flags', 'EINVAL');
  if (spec.maxEntries !== 0) return refuse('map/max-entries', 'EINVAL');
  if (spec.keySize !== 4) return refuse('map/key-size', 'EINVAL');
  if (spec.valueSize === 0) return refuse('map/value-size', 'EINVAL');
  if (spec.keyTypeId === 0 || spec.valueTypeId === 0) return refuse('map/needs-btf', 'EINVAL');
  return spec.valueSize > LARGEST_VALUE ? refuse('map/too-big', 'E2BIG') : undefined;
}

/** cgroup_storage_map_alloc(), kernel/bpf/local_storage.c. */
export function checkCgroupStorage(spec: MapSpec): MapRefusal | undefined {
  const percpu = spec.type === 'percpu_cgroup_storage';
  const largest = percpu ? Math.min(LARGEST_VALUE, PCPU_MIN_UNIT_SIZE) : LARGEST_VALUE;
  if (spec.keySize !== 16 && spec.keySize !== 8) return refuse('map/key-size', 'EINVAL');
  if (spec.valueSize === 0) return refuse('map/value-size', 'EINVAL');
  if (spec.valueSize > largest) return refuse('map/too-big', 'E2BIG');
  if ((spec.flags & ~(MAP_FLAG.NUMA_NODE | ACCESS_MASK)) !== 0) return refuse('map/flags', 'EINVAL');
  if (!isProgramAccessOk(spec.flags)) return refuse('map/flags', 'EINVAL');
  return spec.maxEntries === 0 ? undefined : refuse('map/max-entries', 'EINVAL');
}
