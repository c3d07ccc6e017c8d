/** enum bpf_map_type (include/uapi/linux/bpf.h, v6.18), in lower case and without BPF_MAP_TYPE_; the place is the number. */
const MAP_TYPES = [
  'unspec',
  'hash',
  'array',
  'prog_array',
  'perf_event_array',
  'percpu_hash',
  'percpu_array',
  'stack_trace',
  'cgroup_array',
  'lru_hash',
  'lru_percpu_hash',
  'lpm_trie',
  'array_of_maps',
  'hash_of_maps',
  'devmap',
  'sockmap',
  'cpumap',
  'xskmap',
  'sockhash',
  'cgroup_storage',
  'reuseport_sockarray',
  'percpu_cgroup_storage',
  'queue',
  'stack',
  'sk_storage',
  'devmap_hash',
  'struct_ops',
  'ringbuf',
  'inode_storage',
  'task_storage',
  'bloom_filter',
  'user_ringbuf',
  'cgrp_storage',
  'arena',
  'insn_array',
] as const;

/** The name of a map type; a number that no kernel knows becomes a name that none knows. */
export function mapTypeName(number: number): string {
  return MAP_TYPES[number] ?? `type_${String(number)}`;
}

/** Types that loaders create without the BTF of key and value (bpf_object__create_map(), tools/lib/bpf/libbpf.c). */
export const TYPES_WITHOUT_BTF: ReadonlySet<string> = new Set([
  'ringbuf',
  'perf_event_array',
  'cgroup_array',
  'stack_trace',
  'array_of_maps',
  'hash_of_maps',
  'devmap',
  'devmap_hash',
  'cpumap',
  'xskmap',
  'sockmap',
  'sockhash',
  'queue',
  'stack',
]);

/** BPF_F_ bits of map flags. */
export const MAP_FLAG = { RDONLY_PROG: 1 << 7, MMAPABLE: 1 << 10 } as const;
