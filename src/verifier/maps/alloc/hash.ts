import type { MapSpec } from '../../../program/program.ts';
import type { VersionNumber } from '../../kernel/version.ts';
import { lruIsPreallocated } from '../../rules/map/lru-prealloc.rule.ts';
import { mapOutOfMemory } from '../../rules/map/out-of-memory.rule.ts';
import { mapsBehave } from '../map-behaviours.ts';
import { ACCESS_MASK, MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { KMALLOC_MAX_SIZE, MEMORY_BYTES, PCPU_MIN_UNIT_SIZE, roundUp, roundUpToPowerOf2 } from './limits.ts';
import {
  checkFlags,
  refuseFlags,
  refuseKeySize,
  refuseMaxEntries,
  refuseTooBig,
  refuseTooMany,
  refuseValueSize,
} from './refusals.ts';

const { NO_PREALLOC, NO_COMMON_LRU, NUMA_NODE, ZERO_SEED } = MAP_FLAG;
/** sizeof(struct htab_elem), kernel/bpf/hashtab.c. */
const ELEMENT_BYTES = 48;
/** 2^32 - 1 bytes hold so many of struct bucket. */
const MOST_BUCKETS = 2 ** 28 - 1;

/** htab_map_alloc_check() and htab_map_alloc(), kernel/bpf/hashtab.c: hash, lru_hash and their percpu forms. */
export function checkHash(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  return checkTypeFlags(spec) ?? checkSizes(spec, version) ?? checkMemory(spec);
}

/** fd_htab_map_alloc_check(): hash_of_maps. */
export function checkFdHash(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  return spec.valueSize === 4 ? checkHash(spec, version) : refuseValueSize(spec, '4');
}

function checkTypeFlags(spec: MapSpec): MapRefusal | undefined {
  const { type, flags } = spec;
  const lru = type === 'lru_hash' || type === 'lru_percpu_hash';
  const refusal = checkFlags(spec, NO_PREALLOC | NUMA_NODE | ACCESS_MASK | ZERO_SEED | (lru ? NO_COMMON_LRU : 0));
  if (refusal !== undefined) return refusal;
  if (lru && (flags & NO_PREALLOC) !== 0) return refuse(lruIsPreallocated, { map: spec.name });
  const hasLists = isPercpu(spec) || (flags & NO_COMMON_LRU) !== 0;
  return hasLists && (flags & NUMA_NODE) !== 0 ? refuseFlags(spec, NUMA_NODE) : undefined;
}

function checkSizes(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  if (spec.maxEntries === 0) return refuseMaxEntries(spec, 'at least 1');
  if (spec.keySize === 0) return refuseKeySize(spec, 'at least 1');
  if (spec.valueSize === 0) return refuseValueSize(spec, 'at least 1');
  const bytes = spec.keySize + spec.valueSize;
  const least = KMALLOC_MAX_SIZE - ELEMENT_BYTES;
  if (bytes >= least) return refuseTooBig(spec, bytes, least - 1);
  const measures = mapsBehave(version, 'measuresPercpuValues') && isTooBigForPercpu(spec);
  return measures ? refuseTooBig(spec, spec.valueSize, PCPU_MIN_UNIT_SIZE) : undefined;
}

function checkMemory(spec: MapSpec): MapRefusal | undefined {
  const { maxEntries } = spec;
  if (roundUpToPowerOf2(maxEntries) > MOST_BUCKETS) return refuseTooMany(spec, MOST_BUCKETS);
  if ((spec.flags & NO_PREALLOC) !== 0) return undefined;
  const bytes = ELEMENT_BYTES + roundUp(spec.keySize, 8) + (isPercpu(spec) ? 8 : roundUp(spec.valueSize, 8));
  const isTooBig = bytes * maxEntries > MEMORY_BYTES || isTooBigForPercpu(spec);
  return isTooBig ? refuse(mapOutOfMemory, { map: spec.name }) : undefined;
}

function isPercpu({ type }: MapSpec): boolean {
  return type === 'percpu_hash' || type === 'lru_percpu_hash';
}

function isTooBigForPercpu(spec: MapSpec): boolean {
  return isPercpu(spec) && roundUp(spec.valueSize, 8) > PCPU_MIN_UNIT_SIZE;
}
