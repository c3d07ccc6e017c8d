/** BPF_F_ flags of map_flags, include/uapi/linux/bpf.h. */
export const MAP_FLAG = {
  NO_PREALLOC: 1 << 0,
  NO_COMMON_LRU: 1 << 1,
  NUMA_NODE: 1 << 2,
  RDONLY: 1 << 3,
  WRONLY: 1 << 4,
  STACK_BUILD_ID: 1 << 5,
  ZERO_SEED: 1 << 6,
  RDONLY_PROG: 1 << 7,
  WRONLY_PROG: 1 << 8,
  CLONE: 1 << 9,
  MMAPABLE: 1 << 10,
  PRESERVE_ELEMS: 1 << 11,
  INNER_MAP: 1 << 12,
} as const;

/** BPF_F_ACCESS_MASK. */
export const ACCESS_MASK = MAP_FLAG.RDONLY | MAP_FLAG.WRONLY | MAP_FLAG.RDONLY_PROG | MAP_FLAG.WRONLY_PROG;

/** Whether all of the bits given are set. */
export function hasFlags(flags: number, bits: number): boolean {
  return (flags & bits) === bits;
}

/** bpf_map_flags_access_ok(), kernel/bpf/syscall.c: a program may not be kept from both reading and writing. */
export function isProgramAccessOk(flags: number): boolean {
  return !hasFlags(flags, MAP_FLAG.RDONLY_PROG | MAP_FLAG.WRONLY_PROG);
}

/** The names of flags as C has them, joined by `|`; what has no name as a number. */
export function flagNames(flags: number): string {
  const names: string[] = Object.entries(MAP_FLAG)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([name]) => `BPF_F_${name}`);
  const unnamed = Object.values(MAP_FLAG).reduce((rest, bit) => rest & ~bit, flags) >>> 0;
  if (unnamed !== 0) names.push(`0x${unnamed.toString(16)}`);
  return names.join(' | ');
}
