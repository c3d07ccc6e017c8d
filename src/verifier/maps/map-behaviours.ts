import { isIn, type VersionNumber, type VersionRange } from '../kernel/version.ts';

/**
 * What maps of some kernels do and those of others do not, by name. A list of ranges: fixes reach long-lived releases
 * before younger ones that ended early (v6.1 is read as 6.1.192).
 */
const MAP_BEHAVIOURS = {
  /** Values may hold pointers to kernel objects: btf_parse_kptrs(), kernel/bpf/btf.c. */
  kptrs: [{ since: 'v5.19' }],
  /** Arrays with a value for each CPU may have kptrs: map_check_btf(), kernel/bpf/syscall.c. */
  percpuArrayKptrs: [{ since: 'v6.1' }],
  /** Values of an array are as large as round numbers allow, not as kmalloc() does: array_map_alloc_check(). */
  largeArrayValues: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.6' }],
  /** A value that each CPU has is measured before memory is asked for: array_map_alloc_check(), htab_map_alloc_check(). */
  measuresPercpuValues: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.12' }],
  /** A trie heeds BPF_NOEXIST and BPF_EXIST, and is full only for what is new: trie_update_elem(). */
  trieHeedsFlags: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.12' }],
} as const satisfies Readonly<Record<string, readonly VersionRange[]>>;

export type MapBehaviour = keyof typeof MAP_BEHAVIOURS;

/** Whether maps of a kernel behave in the way named. */
export function mapsBehave(version: VersionNumber, behaviour: MapBehaviour): boolean {
  return MAP_BEHAVIOURS[behaviour].some((range) => isIn(range, version));
}
