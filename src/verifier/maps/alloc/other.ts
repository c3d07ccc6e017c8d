import type { MapSpec } from '../../../program/program.ts';
import { ACCESS_MASK, isProgramAccessOk, MAP_FLAG } from '../map-flags.ts';
import { refuse, type MapRefusal } from '../refusal.ts';
import { KMALLOC_MAX_SIZE, LARGEST_TABLE, MEMORY_BYTES, PAGE_SIZE } from './limits.ts';

/** LPM_DATA_SIZE_MAX and the sizes of struct bpf_lpm_trie_key and struct lpm_trie_node, kernel/bpf/lpm_trie.c. */
const PREFIX_BYTES = 256;
const LPM_KEY_BYTES = 4;
const LPM_NODE_BYTES = 40;
/** sysctl kernel.perf_event_max_stack as it comes, and sizeof(struct bpf_stack_build_id). */
const STACK_DEPTH = 127;
const BUILD_ID_BYTES = 32;
/** RINGBUF_MAX_DATA_SZ, kernel/bpf/ringbuf.c. */
const LARGEST_RING = 2 ** 24 * PAGE_SIZE;

/** trie_alloc(), kernel/bpf/lpm_trie.c. */
export function checkLpmTrie({ maxEntries, flags, keySize, valueSize }: MapSpec): MapRefusal | undefined {
  if (maxEntries === 0) return refuse('map/max-entries', 'EINVAL');
  if ((flags & MAP_FLAG.NO_PREALLOC) === 0) return refuse('map/flags', 'EINVAL');
  if ((flags & ~(MAP_FLAG.NO_PREALLOC | MAP_FLAG.NUMA_NODE | ACCESS_MASK)) !== 0) return refuse('map/flags', 'EINVAL');
  if (!isProgramAccessOk(flags)) return refuse('map/flags', 'EINVAL');
  if (keySize <= LPM_KEY_BYTES || keySize > LPM_KEY_BYTES + PREFIX_BYTES) return refuse('map/key-size', 'EINVAL');
  const largest = KMALLOC_MAX_SIZE - PREFIX_BYTES - LPM_NODE_BYTES;
  return valueSize < 1 || valueSize > largest ? refuse('map/value-size', 'EINVAL') : undefined;
}

/** ringbuf_map_alloc(), kernel/bpf/ringbuf.c: ringbuf, user_ringbuf. */
export function checkRingbuf({ flags, keySize, valueSize, maxEntries }: MapSpec): MapRefusal | undefined {
  if ((flags & ~MAP_FLAG.NUMA_NODE) !== 0) return refuse('map/flags', 'EINVAL');
  if (keySize !== 0) return refuse('map/key-size', 'EINVAL');
  if (valueSize !== 0) return refuse('map/value-size', 'EINVAL');
  const isPowerOf2 = maxEntries !== 0 && (maxEntries & (maxEntries - 1)) === 0;
  if (!isPowerOf2 || maxEntries % PAGE_SIZE !== 0) return refuse('map/max-entries', 'EINVAL');
  return maxEntries > LARGEST_RING ? refuse('map/too-big', 'E2BIG') : undefined;
}

/** queue_stack_map_alloc_check(), kernel/bpf/queue_stack_maps.c: queue, stack. */
export function checkQueue({ flags, keySize, valueSize, maxEntries }: MapSpec): MapRefusal | undefined {
  if (maxEntries === 0) return refuse('map/max-entries', 'EINVAL');
  if (keySize !== 0) return refuse('map/key-size', 'EINVAL');
  if (valueSize === 0) return refuse('map/value-size', 'EINVAL');
  if ((flags & ~(MAP_FLAG.NUMA_NODE | ACCESS_MASK)) !== 0) return refuse('map/flags', 'EINVAL');
  if (!isProgramAccessOk(flags)) return refuse('map/flags', 'EINVAL');
  if (valueSize > KMALLOC_MAX_SIZE) return refuse('map/too-big', 'E2BIG');
  return (maxEntries + 1) * valueSize > MEMORY_BYTES ? refuse('map/out-of-memory', 'ENOMEM') : undefined;
}

/** stack_map_alloc(), kernel/bpf/stackmap.c: stack_trace. */
export function checkStackTrace({ flags, keySize, valueSize, maxEntries }: MapSpec): MapRefusal | undefined {
  const taken = MAP_FLAG.NUMA_NODE | MAP_FLAG.RDONLY | MAP_FLAG.WRONLY | MAP_FLAG.STACK_BUILD_ID;
  if ((flags & ~taken) !== 0) return refuse('map/flags', 'EINVAL');
  if (maxEntries === 0) return refuse('map/max-entries', 'EINVAL');
  if (keySize !== 4) return refuse('map/key-size', 'EINVAL');
  const frame = (flags & MAP_FLAG.STACK_BUILD_ID) === 0 ? 8 : BUILD_ID_BYTES;
  const isWhole = valueSize >= 8 && valueSize % frame === 0;
  if (!isWhole || valueSize / frame > STACK_DEPTH) return refuse('map/value-size', 'EINVAL');
  if (maxEntries > LARGEST_TABLE) return refuse('map/too-big', 'E2BIG');
  return maxEntries * valueSize > MEMORY_BYTES ? refuse('map/out-of-memory', 'ENOMEM') : undefined;
}

/** bloom_map_alloc(), kernel/bpf/bloom_filter.c. */
export function checkBloomFilter({ flags, keySize, valueSize, maxEntries }: MapSpec): MapRefusal | undefined {
  if (keySize !== 0) return refuse('map/key-size', 'EINVAL');
  if (valueSize === 0) return refuse('map/value-size', 'EINVAL');
  if (maxEntries === 0) return refuse('map/max-entries', 'EINVAL');
  if ((flags & ~(MAP_FLAG.NUMA_NODE | MAP_FLAG.ZERO_SEED | ACCESS_MASK)) !== 0) return refuse('map/flags', 'EINVAL');
  return isProgramAccessOk(flags) ? undefined : refuse('map/flags', 'EINVAL');
}

/** bpf_struct_ops_map_alloc_check(), kernel/bpf/bpf_struct_ops.c: the value is a type of vmlinux, which no spec names. */
export function checkStructOps(): MapRefusal {
  return refuse('map/needs-btf', 'EINVAL');
}
