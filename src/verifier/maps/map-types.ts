import { isIn, type VersionNumber, type VersionRange } from '../kernel/version.ts';

/** enum bpf_map_type without the prefix, in lower case, and the kernels that have it. */
const MAP_TYPES = {
  hash: {},
  array: {},
  prog_array: {},
  perf_event_array: {},
  percpu_hash: {},
  percpu_array: {},
  stack_trace: {},
  cgroup_array: {},
  lru_hash: {},
  lru_percpu_hash: {},
  lpm_trie: {},
  array_of_maps: {},
  hash_of_maps: {},
  devmap: {},
  sockmap: {},
  cpumap: {},
  xskmap: {},
  sockhash: {},
  cgroup_storage: {},
  reuseport_sockarray: {},
  percpu_cgroup_storage: {},
  queue: {},
  stack: {},
  sk_storage: {},
  devmap_hash: {},
  struct_ops: {},
  ringbuf: {},
  inode_storage: {},
  task_storage: {},
  bloom_filter: {},
  user_ringbuf: { since: 'v6.1' },
  cgrp_storage: { since: 'v6.2' },
  arena: { since: 'v6.9' },
  insn_array: { since: 'v6.19' },
} as const satisfies Record<string, VersionRange>;

export type MapType = keyof typeof MAP_TYPES;

/** Whether a kernel has a map type of that name, `lru_hash` say. */
export function isMapType(name: string, version: VersionNumber): name is MapType {
  return Object.hasOwn(MAP_TYPES, name) && isIn(MAP_TYPES[name as MapType], version);
}
