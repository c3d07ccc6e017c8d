import type { MapSpec } from '../../program/program.ts';
import type { VersionNumber } from '../kernel/version.ts';
import { checkArray, checkFdArray, checkReuseportArray } from './alloc/array.ts';
import { checkFdHash, checkHash } from './alloc/hash.ts';
import { checkCpumap, checkDevmap, checkSockhash, checkSockmap, checkXskmap } from './alloc/network.ts';
import {
  checkBloomFilter,
  checkLpmTrie,
  checkQueue,
  checkRingbuf,
  checkStackTrace,
  checkStructOps,
} from './alloc/other.ts';
import { checkCgroupStorage, checkLocalStorage } from './alloc/storage.ts';
import type { MapType } from './map-types.ts';
import type { MapRefusal } from './refusal.ts';

/** What struct bpf_map_ops of a map type says about its creation. */
export interface MapKind {
  /** map_alloc_check and the checks of map_alloc. */
  readonly alloc: (spec: MapSpec, version: VersionNumber) => MapRefusal | undefined;
  /**
   * map_check_btf: whether BTF is taken at all, and what the key must be. Undefined: any key, but there has to be one.
   */
  readonly btf:
    'none' | 'array' | 'bloom-filter' | 'cgroup-storage' | 'local-storage' | 'hash' | 'lpm-trie' | undefined;
  /** map_meta_equal: how it is compared with the template of a map-in-map; undefined: it is no inner map. */
  readonly inner: 'equal' | 'equal-with-entries' | undefined;
  /** map_mmap. */
  readonly mmap: 'array' | 'ringbuf' | 'user-ringbuf' | undefined;
}

const HASH: MapKind = { alloc: checkHash, btf: 'hash', inner: 'equal', mmap: undefined };
const FD_ARRAY: MapKind = { alloc: checkFdArray, btf: 'none', inner: 'equal', mmap: undefined };
const DEVMAP: MapKind = { alloc: checkDevmap, btf: 'none', inner: 'equal', mmap: undefined };
const QUEUE: MapKind = { alloc: checkQueue, btf: undefined, inner: 'equal', mmap: undefined };
const LOCAL_STORAGE: MapKind = { alloc: checkLocalStorage, btf: 'local-storage', inner: 'equal', mmap: undefined };
const CGROUP_STORAGE: MapKind = { alloc: checkCgroupStorage, btf: 'cgroup-storage', inner: undefined, mmap: undefined };

/** include/linux/bpf_types.h, and the operations that it names. */
const MAP_KINDS = {
  hash: HASH,
  array: { alloc: checkArray, btf: 'array', inner: 'equal-with-entries', mmap: 'array' },
  prog_array: { alloc: checkFdArray, btf: undefined, inner: undefined, mmap: undefined },
  perf_event_array: FD_ARRAY,
  percpu_hash: HASH,
  percpu_array: { alloc: checkArray, btf: 'array', inner: 'equal', mmap: undefined },
  stack_trace: { alloc: checkStackTrace, btf: 'none', inner: 'equal', mmap: undefined },
  cgroup_array: FD_ARRAY,
  lru_hash: HASH,
  lru_percpu_hash: HASH,
  lpm_trie: { alloc: checkLpmTrie, btf: 'lpm-trie', inner: 'equal', mmap: undefined },
  array_of_maps: { ...FD_ARRAY, inner: undefined },
  hash_of_maps: { alloc: checkFdHash, btf: 'none', inner: undefined, mmap: undefined },
  devmap: DEVMAP,
  sockmap: { alloc: checkSockmap, btf: 'none', inner: 'equal', mmap: undefined },
  cpumap: { alloc: checkCpumap, btf: 'none', inner: 'equal', mmap: undefined },
  xskmap: { alloc: checkXskmap, btf: 'none', inner: 'equal-with-entries', mmap: undefined },
  sockhash: { alloc: checkSockhash, btf: 'none', inner: 'equal', mmap: undefined },
  cgroup_storage: CGROUP_STORAGE,
  reuseport_sockarray: { alloc: checkReuseportArray, btf: undefined, inner: 'equal', mmap: undefined },
  percpu_cgroup_storage: CGROUP_STORAGE,
  queue: QUEUE,
  stack: QUEUE,
  sk_storage: LOCAL_STORAGE,
  devmap_hash: DEVMAP,
  struct_ops: { alloc: checkStructOps, btf: undefined, inner: undefined, mmap: undefined },
  ringbuf: { alloc: checkRingbuf, btf: undefined, inner: 'equal', mmap: 'ringbuf' },
  inode_storage: LOCAL_STORAGE,
  task_storage: LOCAL_STORAGE,
  bloom_filter: { alloc: checkBloomFilter, btf: 'bloom-filter', inner: 'equal', mmap: undefined },
  user_ringbuf: { alloc: checkRingbuf, btf: undefined, inner: 'equal', mmap: 'user-ringbuf' },
  cgrp_storage: LOCAL_STORAGE,
} as const satisfies Partial<Record<MapType, MapKind>>;

export type KnownMapType = keyof typeof MAP_KINDS;

/** What is known of a map type; undefined where it is not modelled. */
export function mapKind(type: MapType): MapKind | undefined {
  return Object.hasOwn(MAP_KINDS, type) ? MAP_KINDS[type as KnownMapType] : undefined;
}
