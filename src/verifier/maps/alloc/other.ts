import type { MapSpec } from '../../../program/program.ts';
import type { VersionNumber } from '../../kernel/version.ts';
import { mapNeedsBtf } from '../../rules/map/needs-btf.rule.ts';
import { mapOutOfMemory } from '../../rules/map/out-of-memory.rule.ts';
import { needsNoPrealloc } from '../../rules/map/needs-no-prealloc.rule.ts';
import { mapsBehave } from '../map-behaviours.ts';
import { ACCESS_MASK, MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { KMALLOC_MAX_SIZE, LARGEST_TABLE, MEMORY_BYTES, PAGE_SIZE } from './limits.ts';
import {
  checkFlags,
  refuseFlags,
  refuseKeySize,
  refuseMaxEntries,
  refuseTooBig,
  refuseTooMany,
  refuseValueSize,
} from './refusals.ts';

/** LPM_DATA_SIZE_MAX, and the sizes of struct bpf_lpm_trie_key and struct lpm_trie_node, kernel/bpf/lpm_trie.c. */
const PREFIX_BYTES = 256;
const LPM_KEY_BYTES = 4;
const LPM_NODE_BYTES = 40;
const LPM_LARGEST_VALUE = KMALLOC_MAX_SIZE - PREFIX_BYTES - LPM_NODE_BYTES;
/** sysctl kernel.perf_event_max_stack as it comes, and sizeof(struct bpf_stack_build_id). */
const STACK_DEPTH = 127;
const BUILD_ID_BYTES = 32;

/** trie_alloc(), kernel/bpf/lpm_trie.c. */
export function checkLpmTrie(spec: MapSpec): MapRefusal | undefined {
  const { name, type, keySize, valueSize } = spec;
  if (spec.maxEntries === 0) return refuseMaxEntries(spec, 'at least 1');
  if ((spec.flags & MAP_FLAG.NO_PREALLOC) === 0) return refuse(needsNoPrealloc, { map: name, type });
  const refusal = checkFlags(spec, MAP_FLAG.NO_PREALLOC | MAP_FLAG.NUMA_NODE | ACCESS_MASK);
  if (refusal !== undefined) return refusal;
  if (keySize <= LPM_KEY_BYTES || keySize > LPM_KEY_BYTES + PREFIX_BYTES) return refuseKeySize(spec, '5 to 260');
  const isRight = valueSize >= 1 && valueSize <= LPM_LARGEST_VALUE;
  return isRight ? undefined : refuseValueSize(spec, `1 to ${String(LPM_LARGEST_VALUE)}`);
}

/** ringbuf_map_alloc(), kernel/bpf/ringbuf.c: ringbuf, user_ringbuf. */
export function checkRingbuf(spec: MapSpec): MapRefusal | undefined {
  const { maxEntries } = spec;
  const others = spec.flags & ~MAP_FLAG.NUMA_NODE;
  if (others !== 0) return refuseFlags(spec, others);
  if (spec.keySize !== 0) return refuseKeySize(spec, '0');
  if (spec.valueSize !== 0) return refuseValueSize(spec, '0');
  const isPowerOf2 = maxEntries !== 0 && (maxEntries & (maxEntries - 1)) === 0;
  return isPowerOf2 && maxEntries % PAGE_SIZE === 0
    ? undefined
    : refuseMaxEntries(spec, `a power of 2 from ${String(PAGE_SIZE)} on`);
}

/** queue_stack_map_alloc_check(), kernel/bpf/queue_stack_maps.c: queue, stack. */
export function checkQueue(spec: MapSpec): MapRefusal | undefined {
  const { valueSize, maxEntries } = spec;
  if (maxEntries === 0) return refuseMaxEntries(spec, 'at least 1');
  if (spec.keySize !== 0) return refuseKeySize(spec, '0');
  if (valueSize === 0) return refuseValueSize(spec, 'at least 1');
  const refusal = checkFlags(spec, MAP_FLAG.NUMA_NODE | ACCESS_MASK);
  if (refusal !== undefined) return refusal;
  if (valueSize > KMALLOC_MAX_SIZE) return refuseTooBig(spec, valueSize, KMALLOC_MAX_SIZE);
  return checkMemory(spec, (maxEntries + 1) * valueSize);
}

/** stack_map_alloc(), kernel/bpf/stackmap.c: stack_trace. */
export function checkStackTrace(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  const { flags, valueSize, maxEntries } = spec;
  const taken = MAP_FLAG.NUMA_NODE | MAP_FLAG.RDONLY | MAP_FLAG.WRONLY | MAP_FLAG.STACK_BUILD_ID;
  const others = flags & ~taken;
  if (others !== 0) return refuseFlags(spec, others);
  if (maxEntries === 0) return refuseMaxEntries(spec, 'at least 1');
  if (spec.keySize !== 4) return refuseKeySize(spec, '4');
  const frame = (flags & MAP_FLAG.STACK_BUILD_ID) === 0 ? 8 : BUILD_ID_BYTES;
  const isWhole = valueSize >= 8 && valueSize % frame === 0;
  if (!isWhole || valueSize / frame > STACK_DEPTH) {
    return refuseValueSize(spec, `a multiple of ${String(frame)} up to ${String(frame * STACK_DEPTH)}`);
  }
  if (maxEntries > LARGEST_TABLE) {
    const measures = mapsBehave(version, 'measuresStackTables');
    return measures ? refuseTooMany(spec, LARGEST_TABLE) : refuse(mapOutOfMemory, { map: spec.name });
  }
  return checkMemory(spec, maxEntries * valueSize);
}

/** bloom_map_alloc(), kernel/bpf/bloom_filter.c. */
export function checkBloomFilter(spec: MapSpec, version: VersionNumber): MapRefusal | undefined {
  const { valueSize } = spec;
  const measures = mapsBehave(version, 'measuresBloomValues');
  if (measures && valueSize > KMALLOC_MAX_SIZE) return refuseTooBig(spec, valueSize, KMALLOC_MAX_SIZE);
  if (spec.keySize !== 0) return refuseKeySize(spec, '0');
  if (valueSize === 0) return refuseValueSize(spec, 'at least 1');
  if (spec.maxEntries === 0) return refuseMaxEntries(spec, 'at least 1');
  return checkFlags(spec, MAP_FLAG.NUMA_NODE | MAP_FLAG.ZERO_SEED | ACCESS_MASK);
}

/** bpf_struct_ops_map_alloc_check(), kernel/bpf/bpf_struct_ops.c: the value is a type of vmlinux, which no spec names. */
export function checkStructOps({ name, type }: MapSpec): MapRefusal {
  return refuse(mapNeedsBtf, { map: name, type });
}

function checkMemory({ name }: MapSpec, bytes: number): MapRefusal | undefined {
  return bytes > MEMORY_BYTES ? refuse(mapOutOfMemory, { map: name }) : undefined;
}
