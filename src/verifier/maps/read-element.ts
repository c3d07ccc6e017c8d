import { ERRNO } from '../errno.ts';
import type { LiveMap } from './map-entry.ts';
import type { MapType } from './map-types.ts';
import { USER_ERRNO } from './user-errno.ts';

type Access = (live: LiveMap) => number;

const stored: Access = ({ hasElement }) => (hasElement ? 0 : -ERRNO.ENOENT);
const there: Access = () => 0;
const absent: Access = () => -ERRNO.ENOENT;
const refused: Access = () => -ERRNO.EINVAL;
const notSupported: Access = () => -ERRNO.ENOTSUPP;
const noSocket: Access = () => -USER_ERRNO.ENOTSOCK;
const badDescriptor: Access = () => -ERRNO.EBADF;
/** Sockets are shown by their cookies, which take 8 bytes. */
const cookie: Access = ({ map }) => (map.valueSize === 8 ? -ERRNO.ENOENT : -ERRNO.ENOSPC);

/** map_lookup_elem of each type of map from user space, for a key of zeros. */
export const LOOKUP: Readonly<Partial<Record<MapType, Access>>> = {
  array: there,
  percpu_array: there,
  hash: stored,
  percpu_hash: stored,
  lru_hash: stored,
  lru_percpu_hash: stored,
  lpm_trie: stored,
  prog_array: absent,
  perf_event_array: notSupported,
  cgroup_array: notSupported,
  array_of_maps: stored,
  hash_of_maps: stored,
  reuseport_sockarray: cookie,
  sockmap: cookie,
  sockhash: cookie,
  xskmap: () => -ERRNO.EOPNOTSUPP,
  sk_storage: noSocket,
  task_storage: badDescriptor,
  cgrp_storage: badDescriptor,
  inode_storage: stored,
  cgroup_storage: absent,
  percpu_cgroup_storage: absent,
  devmap: absent,
  devmap_hash: absent,
  cpumap: stored,
  stack_trace: absent,
};

/** map_delete_elem of each type of map from user space, for a key of zeros. */
export const DELETE: Readonly<Partial<Record<MapType, Access>>> = {
  array: refused,
  percpu_array: refused,
  hash: stored,
  percpu_hash: stored,
  lru_hash: stored,
  lru_percpu_hash: stored,
  lpm_trie: stored,
  prog_array: absent,
  perf_event_array: absent,
  cgroup_array: absent,
  array_of_maps: stored,
  hash_of_maps: stored,
  reuseport_sockarray: absent,
  sockmap: refused,
  sockhash: absent,
  xskmap: there,
  sk_storage: noSocket,
  task_storage: badDescriptor,
  cgrp_storage: badDescriptor,
  inode_storage: stored,
  cgroup_storage: refused,
  percpu_cgroup_storage: refused,
  devmap: there,
  devmap_hash: absent,
  cpumap: there,
  stack_trace: absent,
};
