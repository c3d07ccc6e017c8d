import type { MapSpec } from '../../../program/program.ts';
import type { VersionNumber } from '../../kernel/version.ts';
import { mapOutOfMemory } from '../../rules/map/out-of-memory.rule.ts';
import { mapsBehave } from '../map-behaviours.ts';
import { ACCESS_MASK, MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { INT_MAX, KMALLOC_MAX_SIZE, MEMORY_BYTES, PCPU_MIN_UNIT_SIZE, roundUp } from './limits.ts';
import { checkFlags, refuseFlags, refuseKeySize, refuseMaxEntries, refuseTooBig, refuseValueSize } from './refusals.ts';

const { NUMA_NODE, MMAPABLE, INNER_MAP, PRESERVE_ELEMS, RDONLY_PROG, WRONLY_PROG } = MAP_FLAG;

/** array_map_alloc_check() and array_map_alloc(), kernel/bpf/arraymap.c: array, percpu_array. */
export function checkArray(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  return checkShape(spec) ?? checkSize(spec, version) ?? checkMemory(spec);
}

/** fd_array_map_alloc_check(): arrays whose values are file descriptors, array_of_maps among them. */
export function checkFdArray(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  if (spec.valueSize !== 4) return refuseValueSize(spec, '4');
  const access = spec.flags & (RDONLY_PROG | WRONLY_PROG);
  return access === 0 ? checkArray(spec, version) : refuseFlags(spec, access);
}

/** reuseport_array_alloc_check(), kernel/bpf/reuseport_array.c. */
export function checkReuseportArray(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  if (spec.valueSize !== 4 && spec.valueSize !== 8) return refuseValueSize(spec, '4 or 8');
  return checkArray(spec, version);
}

function checkShape(spec: MapSpec): MapRefusal | undefined {
  if (spec.maxEntries === 0) return refuseMaxEntries(spec, 'at least 1');
  if (spec.keySize !== 4) return refuseKeySize(spec, '4');
  if (spec.valueSize === 0) return refuseValueSize(spec, 'at least 1');
  return checkFlags(spec, flagsOf(spec.type));
}

function flagsOf(type: string): number {
  switch (type) {
    case 'array':
      return ACCESS_MASK | NUMA_NODE | MMAPABLE | INNER_MAP;
    case 'percpu_array':
      return ACCESS_MASK;
    case 'perf_event_array':
      return ACCESS_MASK | NUMA_NODE | PRESERVE_ELEMS;
    default:
      return ACCESS_MASK | NUMA_NODE;
  }
}

function checkSize(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  const { valueSize } = spec;
  const largest = mapsBehave(version, 'largeArrayValues') ? INT_MAX : KMALLOC_MAX_SIZE;
  if (valueSize > largest) return refuseTooBig(spec, valueSize, largest);
  const measures = spec.type === 'percpu_array' && mapsBehave(version, 'measuresPercpuValues');
  return measures && roundUp(valueSize, 8) > PCPU_MIN_UNIT_SIZE
    ? refuseTooBig(spec, valueSize, PCPU_MIN_UNIT_SIZE)
    : undefined;
}

function checkMemory({ name, type, valueSize, maxEntries }: MapSpec): MapRefusal | undefined {
  const bytes = roundUp(valueSize, 8);
  const isTooBig = type === 'percpu_array' ? bytes > PCPU_MIN_UNIT_SIZE : bytes * maxEntries > MEMORY_BYTES;
  return isTooBig ? refuse(mapOutOfMemory, { map: name }) : undefined;
}
