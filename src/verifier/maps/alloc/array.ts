import type { MapSpec } from '../../../program/program.ts';
import type { VersionNumber } from '../../kernel/version.ts';
import { mapsBehave } from '../map-behaviours.ts';
import { ACCESS_MASK, isProgramAccessOk, MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { INT_MAX, KMALLOC_MAX_SIZE, MEMORY_BYTES, PCPU_MIN_UNIT_SIZE, roundUp } from './limits.ts';

const FLAGS = MAP_FLAG.NUMA_NODE | MAP_FLAG.MMAPABLE | ACCESS_MASK | MAP_FLAG.PRESERVE_ELEMS | MAP_FLAG.INNER_MAP;

/** array_map_alloc_check() and array_map_alloc(), kernel/bpf/arraymap.c: array, percpu_array. */
export function checkArray(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  return checkShape(spec, version) ?? checkMemory(spec);
}

/** fd_array_map_alloc_check(): arrays whose values are file descriptors, array_of_maps among them. */
export function checkFdArray(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  if (spec.valueSize !== 4) return refuse('map/value-size', 'EINVAL');
  if ((spec.flags & (MAP_FLAG.RDONLY_PROG | MAP_FLAG.WRONLY_PROG)) !== 0) return refuse('map/flags', 'EINVAL');
  return checkArray(spec, version);
}

/** reuseport_array_alloc_check(), kernel/bpf/reuseport_array.c. */
export function checkReuseportArray(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  if (spec.valueSize !== 4 && spec.valueSize !== 8) return refuse('map/value-size', 'EINVAL');
  return checkArray(spec, version);
}

function checkShape(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  const { type, flags, valueSize } = spec;
  const percpu = type === 'percpu_array';
  if (spec.maxEntries === 0) return refuse('map/max-entries', 'EINVAL');
  if (spec.keySize !== 4) return refuse('map/key-size', 'EINVAL');
  if (valueSize === 0) return refuse('map/value-size', 'EINVAL');
  if ((flags & ~FLAGS) !== 0 || !isProgramAccessOk(flags)) return refuse('map/flags', 'EINVAL');
  if (percpu && (flags & MAP_FLAG.NUMA_NODE) !== 0) return refuse('map/flags', 'EINVAL');
  if (type !== 'array' && (flags & (MAP_FLAG.MMAPABLE | MAP_FLAG.INNER_MAP)) !== 0)
    return refuse('map/flags', 'EINVAL');
  if (type !== 'perf_event_array' && (flags & MAP_FLAG.PRESERVE_ELEMS) !== 0) return refuse('map/flags', 'EINVAL');
  const largest = mapsBehave(version, 'largeArrayValues') ? INT_MAX : KMALLOC_MAX_SIZE;
  if (valueSize > largest) return refuse('map/too-big', 'E2BIG');
  const measures = percpu && mapsBehave(version, 'measuresPercpuValues');
  return measures && roundUp(valueSize, 8) > PCPU_MIN_UNIT_SIZE ? refuse('map/too-big', 'E2BIG') : undefined;
}

function checkMemory({ type, valueSize, maxEntries }: MapSpec): MapRefusal | undefined {
  const percpu = type === 'percpu_array';
  if (percpu && roundUp(valueSize, 8) > PCPU_MIN_UNIT_SIZE) return refuse('map/out-of-memory', 'ENOMEM');
  return roundUp(valueSize, 8) * maxEntries > MEMORY_BYTES ? refuse('map/out-of-memory', 'ENOMEM') : undefined;
}
