import { ERRNO } from '../errno.ts';
import type { VersionNumber } from '../kernel/version.ts';
import { PAGE_SIZE, roundUp } from './alloc/limits.ts';
import type { LiveMap } from './map-entry.ts';
import { mapsBehave } from './map-behaviours.ts';
import { MAP_FLAG } from './map-flags.ts';
import { fitsTemplate } from './map-in-map.ts';
import { mapKind } from './map-kinds.ts';
import type { MapType } from './map-types.ts';
import { DELETE, LOOKUP } from './read-element.ts';
import { ELEMENT_FLAG, UPDATE } from './update-element.ts';

/** BPF_MAP_FREEZE: map_freeze(), kernel/bpf/syscall.c. */
export function freezeMap(live: LiveMap, version: VersionNumber): number {
  const { map } = live;
  const hasLock = map.spinLockOffset !== undefined && mapsBehave(version, 'fieldRecord');
  if (map.type === 'struct_ops' || hasFields(live) || hasLock) return -ERRNO.ENOTSUPP;
  const isReadOnly = (map.spec.flags & MAP_FLAG.RDONLY) !== 0;
  if (isReadOnly && mapsBehave(version, 'freezeNeedsWrite')) return -ERRNO.EPERM;
  if (live.frozen && mapsBehave(version, 'freezeNeedsWrite')) return -ERRNO.EPERM;
  if (live.frozen) return -ERRNO.EBUSY;
  live.frozen = true;
  return 0;
}

/** mmap() of all values, shared, and unmapping them: bpf_map_mmap(), kernel/bpf/syscall.c. */
export function mmapMap(live: LiveMap, writable: boolean): number {
  const { map } = live;
  const { flags } = map.spec;
  const length = roundUp(roundUp(map.valueSize, 8) * map.maxEntries, PAGE_SIZE);
  if (length === 0) return -ERRNO.EINVAL;
  if ((flags & MAP_FLAG.WRONLY) !== 0 || (writable && (flags & MAP_FLAG.RDONLY) !== 0)) return -ERRNO.EACCES;
  const way = mapKind(map.type as MapType)?.mmap;
  if (way === undefined || map.spinLockOffset !== undefined || hasFields(live)) return -ERRNO.ENOTSUPP;
  if (writable && live.frozen) return -ERRNO.EPERM;
  if (writable && map.readOnlyForProgram) return -ERRNO.EACCES;
  return (map.flags & MAP_FLAG.MMAPABLE) === 0 ? -ERRNO.EINVAL : 0;
}

/** BPF_MAP_UPDATE_ELEM of a key and a value that are all zeros: map_update_elem(), kernel/bpf/syscall.c. */
export function updateMap(live: LiveMap, flags: number, version: VersionNumber): number {
  const gate = writeGate(live, flags);
  if (gate !== 0) return gate;
  const { type } = live.map;
  const result = UPDATE[type as MapType]?.(live, flags, version) ?? -ERRNO.EINVAL;
  // A device or CPU's queue of number 0 is none.
  if (result === 0) live.hasElement = type !== 'devmap' && type !== 'cpumap';
  return result;
}

/** BPF_MAP_LOOKUP_ELEM of a key that is all zeros: map_lookup_elem(), kernel/bpf/syscall.c. */
export function lookupMap(live: LiveMap, flags: number): number {
  const { map } = live;
  if (hasUnknownLookupFlags(flags)) return -ERRNO.EINVAL;
  if ((map.spec.flags & MAP_FLAG.WRONLY) !== 0) return -ERRNO.EPERM;
  if (needsNoLock(live, flags) || map.keySize === 0) return -ERRNO.EINVAL;
  return LOOKUP[map.type as MapType]?.(live) ?? -ERRNO.EINVAL;
}

/** Flags that a lookup does not take, for which it fails before it looks at the map. */
export function hasUnknownLookupFlags(flags: number): boolean {
  return (flags & ~ELEMENT_FLAG.LOCK) !== 0;
}

/** BPF_MAP_DELETE_ELEM of a key that is all zeros: map_delete_elem(), kernel/bpf/syscall.c. */
export function deleteFromMap(live: LiveMap): number {
  const gate = writeGate(live, 0);
  if (gate !== 0) return gate;
  const result = DELETE[live.map.type as MapType]?.(live) ?? -ERRNO.EINVAL;
  if (result === 0) live.hasElement = false;
  return result;
}

/**
 * BPF_MAP_UPDATE_ELEM that stores a map in a map-in-map, under a key of zeros: bpf_map_fd_get_ptr(),
 * kernel/bpf/map_in_map.c.
 *
 * @param inner undefined: its creation failed, so that there is no file descriptor
 */
export function putInnerMap(live: LiveMap, inner: LiveMap | undefined, version: VersionNumber): number {
  const gate = writeGate(live, 0);
  if (gate !== 0) return gate;
  const template = live.map.inner;
  if (template === undefined) return putDescriptor(live, version);
  if (inner === undefined) return -ERRNO.EBADF;
  const kind = mapKind(template.type as MapType);
  if (kind === undefined || !fitsTemplate(template, inner.map, kind)) return -ERRNO.EINVAL;
  live.hasElement = true;
  return 0;
}

/** The number of a file descriptor, where a map does not take it for that. */
function putDescriptor(live: LiveMap, version: VersionNumber): number {
  const { type } = live.map;
  if (type === 'devmap') return -ERRNO.EINVAL;
  if (type !== 'cpumap') return updateMap(live, 0, version);
  live.hasElement = true;
  return 0;
}

/** What an operation that writes meets before it comes to the type of the map. */
function writeGate(live: LiveMap, flags: number): number {
  const { map } = live;
  if (live.frozen || (map.spec.flags & MAP_FLAG.RDONLY) !== 0) return -ERRNO.EPERM;
  // Maps without keys (queues, ring buffers) are given one here.
  return needsNoLock(live, flags) || map.keySize === 0 ? -ERRNO.EINVAL : 0;
}

function needsNoLock({ map }: LiveMap, flags: number): boolean {
  return (flags & ELEMENT_FLAG.LOCK) !== 0 && map.spinLockOffset === undefined;
}

/** Whether the value holds more than bytes, spin locks left out. */
function hasFields({ map }: LiveMap): boolean {
  const hasKptrs = map.kptrs !== undefined && 'slots' in map.kptrs;
  return map.timerOffset !== undefined || hasKptrs || map.fields.others.length > 0;
}
