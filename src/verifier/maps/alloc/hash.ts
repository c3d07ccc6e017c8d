import type { MapSpec } from '../../../program/program.ts';
import type { VersionNumber } from '../../kernel/version.ts';
import { mapsBehave } from '../map-behaviours.ts';
import { ACCESS_MASK, isProgramAccessOk, MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { KMALLOC_MAX_SIZE, MEMORY_BYTES, PCPU_MIN_UNIT_SIZE, roundUp, roundUpToPowerOf2 } from './limits.ts';

const FLAGS = MAP_FLAG.NO_PREALLOC | MAP_FLAG.NO_COMMON_LRU | MAP_FLAG.NUMA_NODE | ACCESS_MASK | MAP_FLAG.ZERO_SEED;
/** sizeof(struct htab_elem) and sizeof(struct bucket), kernel/bpf/hashtab.c. */
const ELEMENT_BYTES = 48;
const BUCKET_BYTES = 16;
const U32_MAX = 0xffff_ffff;

/** htab_map_alloc_check() and htab_map_alloc(), kernel/bpf/hashtab.c: hash, lru_hash and their percpu forms. */
export function checkHash(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  return checkShape(spec, version) ?? checkMemory(spec);
}

/** fd_htab_map_alloc_check(): hash_of_maps. */
export function checkFdHash(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  if (spec.valueSize !== 4) return refuse('map/value-size', 'EINVAL');
  return checkHash(spec, version);
}

function checkShape(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  const { type, flags } = spec;
  const lru = type === 'lru_hash' || type === 'lru_percpu_hash';
  const percpuLru = (flags & MAP_FLAG.NO_COMMON_LRU) !== 0;
  if ((flags & ~FLAGS) !== 0 || !isProgramAccessOk(flags)) return refuse('map/flags', 'EINVAL');
  if (!lru && percpuLru) return refuse('map/flags', 'EINVAL');
  if (lru && (flags & MAP_FLAG.NO_PREALLOC) !== 0) return refuse('map/flags', 'ENOTSUPP');
  if ((flags & MAP_FLAG.NUMA_NODE) !== 0 && (isPercpu(spec) || percpuLru)) return refuse('map/flags', 'EINVAL');
  if (spec.maxEntries === 0) return refuse('map/max-entries', 'EINVAL');
  if (spec.keySize === 0) return refuse('map/key-size', 'EINVAL');
  if (spec.valueSize === 0) return refuse('map/value-size', 'EINVAL');
  if (spec.keySize + spec.valueSize >= KMALLOC_MAX_SIZE - ELEMENT_BYTES) return refuse('map/too-big', 'E2BIG');
  if (mapsBehave(version, 'measuresPercpuValues') && isTooBigForPercpu(spec)) return refuse('map/too-big', 'E2BIG');
  return undefined;
}

function checkMemory(spec: MapSpec): MapRefusal | undefined {
  const { maxEntries } = spec;
  const buckets = roundUpToPowerOf2(maxEntries);
  if (buckets > Math.floor(U32_MAX / BUCKET_BYTES)) return refuse('map/too-big', 'E2BIG');
  if ((spec.flags & MAP_FLAG.NO_PREALLOC) !== 0) return undefined;
  const bytes = ELEMENT_BYTES + roundUp(spec.keySize, 8) + (isPercpu(spec) ? 8 : roundUp(spec.valueSize, 8));
  if (bytes * maxEntries > MEMORY_BYTES || isTooBigForPercpu(spec)) return refuse('map/out-of-memory', 'ENOMEM');
  return undefined;
}

function isPercpu({ type }: MapSpec): boolean {
  return type === 'percpu_hash' || type === 'lru_percpu_hash';
}

function isTooBigForPercpu(spec: MapSpec): boolean {
  return isPercpu(spec) && roundUp(spec.valueSize, 8) > PCPU_MIN_UNIT_SIZE;
}
