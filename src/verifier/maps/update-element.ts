import { ERRNO } from '../errno.ts';
import { mapsBehave } from './map-behaviours.ts';
import type { VersionNumber } from '../kernel/version.ts';
import type { LiveMap } from './map-entry.ts';
import type { MapType } from './map-types.ts';
import { USER_ERRNO } from './user-errno.ts';

/** Flags of BPF_MAP_UPDATE_ELEM and BPF_MAP_LOOKUP_ELEM. */
export const ELEMENT_FLAG = { NOEXIST: 1, EXIST: 2, LOCK: 4 } as const;

/** What a value of zeros stands for where it is a number of something. */
type Update = (live: LiveMap, flags: number, version: VersionNumber) => number;

const array: Update = ({ map }, flags) => {
  const lock = map.type === 'array' ? ELEMENT_FLAG.LOCK : 0;
  if (isUnknown(flags & ~lock)) return -ERRNO.EINVAL;
  return (flags & ELEMENT_FLAG.NOEXIST) === 0 ? 0 : -ERRNO.EEXIST;
};

const hash: Update = ({ map, hasElement }, flags) => {
  const base = map.type === 'hash' ? flags & ~ELEMENT_FLAG.LOCK : flags;
  if (isUnknown(base)) return -ERRNO.EINVAL;
  if (hasElement && base === ELEMENT_FLAG.NOEXIST) return -ERRNO.EEXIST;
  return !hasElement && base === ELEMENT_FLAG.EXIST ? -ERRNO.ENOENT : 0;
};

/**
 * htab_lru_map_update_elem(), kernel/bpf/hashtab.c: room is made before the key is looked for, so that a map of one entry
 * loses what it has. Maps with a value for each CPU need no room for BPF_EXIST.
 */
const lru: Update = (live, flags, version) => {
  const makesRoom = live.map.type === 'lru_hash' || flags !== ELEMENT_FLAG.EXIST;
  if (live.map.maxEntries === 1 && makesRoom && !isUnknown(flags)) live.hasElement = false;
  return hash(live, flags, version);
};

/** trie_update_elem(), kernel/bpf/lpm_trie.c. */
const trie: Update = ({ map, hasElement }, flags, version) => {
  if (isUnknown(flags)) return -ERRNO.EINVAL;
  if (!mapsBehave(version, 'trieHeedsFlags')) return hasElement && map.maxEntries === 1 ? -ERRNO.ENOSPC : 0;
  if (hasElement) return flags === ELEMENT_FLAG.NOEXIST ? -ERRNO.EEXIST : 0;
  return flags === ELEMENT_FLAG.EXIST ? -ERRNO.ENOENT : 0;
};

/** Beyond BPF_EXIST, flags being unsigned. */
function isUnknown(flags: number): boolean {
  return flags >>> 0 > ELEMENT_FLAG.EXIST;
}

/** A value that is a file descriptor, of which 0 is nothing that the map takes. */
function descriptor(errno: number, isFlagsFirst: (flags: number) => boolean): Update {
  return (_live, flags) => (isFlagsFirst(flags) ? -ERRNO.EINVAL : -errno);
}

const any = (flags: number): boolean => flags !== 0;
const never = (): boolean => false;

const inode: Update = ({ hasElement }, flags) => {
  const base = flags & ~ELEMENT_FLAG.LOCK;
  if (isUnknown(base)) return -ERRNO.EINVAL;
  if (hasElement && base === ELEMENT_FLAG.NOEXIST) return -ERRNO.EEXIST;
  return !hasElement && base === ELEMENT_FLAG.EXIST ? -ERRNO.ENOENT : 0;
};

const cgroup: Update = ({ map }, flags) => {
  const percpu = map.type === 'percpu_cgroup_storage';
  const taken = percpu ? ELEMENT_FLAG.EXIST : ELEMENT_FLAG.LOCK | ELEMENT_FLAG.EXIST;
  return (flags & ~taken) === 0 ? -ERRNO.ENOENT : -ERRNO.EINVAL;
};

/** Number 0: no device, no CPU's queue. The slots exist already. */
const slot: Update = (_live, flags) => {
  if (isUnknown(flags)) return -ERRNO.EINVAL;
  return flags === ELEMENT_FLAG.NOEXIST ? -ERRNO.EEXIST : 0;
};

const refused: Update = () => -ERRNO.EINVAL;

/** map_update_elem of each type of map, for a key and a value of zeros. */
export const UPDATE: Readonly<Partial<Record<MapType, Update>>> = {
  array,
  percpu_array: array,
  hash,
  percpu_hash: hash,
  lru_hash: lru,
  lru_percpu_hash: lru,
  lpm_trie: trie,
  prog_array: descriptor(ERRNO.EINVAL, any),
  perf_event_array: descriptor(ERRNO.EBADF, any),
  cgroup_array: descriptor(ERRNO.EBADF, any),
  array_of_maps: descriptor(ERRNO.EINVAL, any),
  hash_of_maps: descriptor(ERRNO.EINVAL, never),
  reuseport_sockarray: descriptor(USER_ERRNO.ENOTSOCK, isUnknown),
  xskmap: descriptor(USER_ERRNO.ENOTSOCK, isUnknown),
  sockmap: descriptor(USER_ERRNO.ENOTSOCK, never),
  sockhash: descriptor(USER_ERRNO.ENOTSOCK, never),
  sk_storage: descriptor(USER_ERRNO.ENOTSOCK, never),
  task_storage: descriptor(ERRNO.EBADF, never),
  cgrp_storage: descriptor(ERRNO.EBADF, never),
  inode_storage: inode,
  cgroup_storage: cgroup,
  percpu_cgroup_storage: cgroup,
  devmap: slot,
  devmap_hash: refused,
  cpumap: slot,
  stack_trace: refused,
};
