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
  /** All fields of a value are found in one pass, as a record: btf_parse_fields(), kernel/bpf/btf.c. */
  fieldRecord: [{ since: 'v6.2' }],
  /** All hashes and arrays, and the storage of sockets, inodes, tasks and cgroups, may have kptrs: map_check_btf(). */
  kptrsInMostMaps: [{ since: 'v6.4' }],
  /** Referenced kptrs are tagged `kptr`, others `kptr_untrusted`: btf_find_kptr(). */
  kptrsAreReferenced: [{ since: 'v6.4' }],
  /** Kptrs to types that the kernel does not have hold objects of the program: btf_parse_kptr(). */
  localKptrs: [{ since: 'v6.4' }],
  /** `percpu_kptr`: pointers to memory of which each CPU has its own: btf_find_kptr(). */
  percpuKptrs: [{ since: 'v6.7' }],
  /** `uptr`: pointers to memory of user space: btf_find_kptr(). */
  uptrs: [{ since: 'v6.13' }],
  /** The roots of trees need a spin lock beside them, as heads of lists do: btf_parse_fields(). */
  treesNeedLock: [{ since: 'v6.3' }],
  /** Fields are found in nested structs and in arrays too: btf_find_field_one(). */
  nestedFields: [{ since: 'v6.11' }],
  /** One more field finds room in a record: BTF_FIELDS_MAX. */
  elevenFields: [{ since: 'v6.10' }],
  /** Kptrs make a struct one of those that are looked at when BTF is loaded: btf_parse_struct_metas(). */
  loadFindsKptrs: [{ since: 'v6.12' }],
  /** Type tags with kind_flag are attributes, and no tags: btf_find_kptr(). */
  tagAttributes: [{ since: 'v6.15' }],
  /** Freezing needs a file descriptor that may write: map_freeze(). */
  freezeNeedsWrite: [{ since: 'v6.5' }],
  /** Inner maps may have a spin lock: bpf_map_meta_alloc(). */
  innerSpinLocks: [{ since: 'v6.2' }],
  /** Values of an array are as large as round numbers allow, not as kmalloc() does: array_map_alloc_check(). */
  largeArrayValues: [{ since: 'v6.0' }],
  /** A value that each CPU has is measured before memory is asked for: array_map_alloc_check(), htab_map_alloc_check(). */
  measuresPercpuValues: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.12' }],
  /** Values of a bloom filter are no larger than kmalloc() gives: bloom_map_alloc_check(). */
  measuresBloomValues: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.9' }],
  /** Stack traces in more than 2^31 slots are too many, not too large: stack_map_alloc(). */
  measuresStackTables: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.9' }],
  /** An update of a hash with a value for each CPU frees the kptrs that it overwrites: pcpu_copy_value(). */
  percpuHashUpdateFrees: [{ since: 'v6.18' }],
  /** Destructors are called for empty slots too: bpf_map_free_kptrs(), bpf_obj_free_fields(). */
  dtorSeesNull: [{ until: 'v6.4' }],
  /** Hashes look at their key themselves, after all else, as read in 6.12.117: htab_map_check_btf(). */
  hashChecksKey: [{ since: 'v6.12', until: 'v6.13' }],
  /** A trie heeds BPF_NOEXIST and BPF_EXIST, and is full only for what is new: trie_update_elem(). */
  trieHeedsFlags: [{ since: 'v6.1', until: 'v6.2' }, { since: 'v6.12' }],
} as const satisfies Readonly<Record<string, readonly VersionRange[]>>;

export type MapBehaviour = keyof typeof MAP_BEHAVIOURS;

const known = new Map<VersionNumber, ReadonlySet<MapBehaviour>>();

/** Whether maps of a kernel behave in the way named. */
export function mapsBehave(version: VersionNumber, behaviour: MapBehaviour): boolean {
  const behaviours = known.get(version) ?? behavioursOf(version);
  known.set(version, behaviours);
  return behaviours.has(behaviour);
}

function behavioursOf(version: VersionNumber): ReadonlySet<MapBehaviour> {
  const entries = Object.entries(MAP_BEHAVIOURS) as [MapBehaviour, readonly VersionRange[]][];
  return new Set(entries.filter(([, ranges]) => ranges.some((range) => isIn(range, version))).map(([name]) => name));
}
