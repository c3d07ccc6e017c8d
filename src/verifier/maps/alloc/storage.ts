import type { MapSpec } from '../../../program/program.ts';
import { mapNeedsBtf } from '../../rules/map/needs-btf.rule.ts';
import { needsNoPrealloc } from '../../rules/map/needs-no-prealloc.rule.ts';
import { ACCESS_MASK, MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { PCPU_MIN_UNIT_SIZE } from './limits.ts';
import { checkFlags, refuseFlags, refuseKeySize, refuseMaxEntries, refuseTooBig, refuseValueSize } from './refusals.ts';

/** BPF_LOCAL_STORAGE_MAX_VALUE_SIZE, include/linux/bpf_local_storage.h: with struct bpf_local_storage_elem 65,535. */
const LARGEST_VALUE = 0xffff - 128;

/** bpf_local_storage_map_alloc_check(), kernel/bpf/bpf_local_storage.c: storage of sockets, inodes, tasks, cgroups. */
export function checkLocalStorage(spec: MapSpec): MapRefusal | undefined {
  const { name, type, flags } = spec;
  const others = flags & ~(MAP_FLAG.NO_PREALLOC | MAP_FLAG.CLONE);
  if (others !== 0) return refuseFlags(spec, others);
  if ((flags & MAP_FLAG.NO_PREALLOC) === 0) return refuse(needsNoPrealloc, { map: name, type });
  if (spec.maxEntries !== 0) return refuseMaxEntries(spec, '0');
  if (spec.keySize !== 4) return refuseKeySize(spec, '4');
  if (spec.valueSize === 0) return refuseValueSize(spec, 'at least 1');
  if (spec.keyTypeId === 0 || spec.valueTypeId === 0) return refuse(mapNeedsBtf, { map: name, type });
  return spec.valueSize > LARGEST_VALUE ? refuseTooBig(spec, spec.valueSize, LARGEST_VALUE) : undefined;
}

/** cgroup_storage_map_alloc(), kernel/bpf/local_storage.c. */
export function checkCgroupStorage(spec: MapSpec): MapRefusal | undefined {
  const largest = spec.type === 'percpu_cgroup_storage' ? PCPU_MIN_UNIT_SIZE : LARGEST_VALUE;
  if (spec.keySize !== 16 && spec.keySize !== 8) return refuseKeySize(spec, '8 or 16');
  if (spec.valueSize === 0) return refuseValueSize(spec, 'at least 1');
  if (spec.valueSize > largest) return refuseTooBig(spec, spec.valueSize, largest);
  const refusal = checkFlags(spec, MAP_FLAG.NUMA_NODE | ACCESS_MASK);
  return refusal ?? (spec.maxEntries === 0 ? undefined : refuseMaxEntries(spec, '0'));
}
