import type { VersionNumber } from '../kernel/version.ts';
import { mapsBehave } from './map-behaviours.ts';

/** What can happen to an element of a map that holds a referenced kptr, in the order of reports. */
export const SLOT_EVENTS = [
  /** bpf_kptr_xchg() by a program. */
  'exchange',
  /** The element is written anew, by a program or from user space. */
  'update',
  /** The same with BPF_F_LOCK. */
  'locked-update',
  /** Deletion of the element, one by one or in batches. */
  'delete',
  'lookup-and-delete',
  /** An LRU map needs the element for another key. */
  'eviction',
  /** The socket, inode, task or cgroup that the storage belongs to is freed. */
  'owner-freed',
  /** Nothing holds the map any more: no file descriptor, no program, no map-in-map. */
  'map-freed',
  /** User space has let go of the map; programs still hold it. */
  'last-user-gone',
  /** User space reads the element. */
  'lookup',
] as const;

export type SlotEvent = (typeof SLOT_EVENTS)[number];

/** What becomes of the object that the slot holds. */
export type SlotEffect =
  /** The slot is emptied, and the object given to its destructor. */
  | 'destroyed'
  /** The program gets the object, as a reference that it must release. */
  | 'handed-over'
  /** It stays where it is. */
  | 'kept'
  /** The map does not do this. */
  | 'impossible';

type Effects = Readonly<Record<SlotEvent, SlotEffect>>;

const EVERY_MAP = {
  exchange: 'handed-over',
  'map-freed': 'destroyed',
  'last-user-gone': 'kept',
  lookup: 'kept',
} as const;

const ARRAY: Effects = {
  ...EVERY_MAP,
  // Kptrs are left out when the value is copied, and freed behind it: array_map_update_elem().
  update: 'destroyed',
  'locked-update': 'destroyed',
  delete: 'impossible',
  'lookup-and-delete': 'impossible',
  eviction: 'impossible',
  'owner-freed': 'impossible',
};

const HASH: Effects = {
  ...EVERY_MAP,
  // A new element takes the place of the old: htab_map_update_elem().
  update: 'destroyed',
  // Done in the element that is there, kptrs left out.
  'locked-update': 'kept',
  delete: 'destroyed',
  'lookup-and-delete': 'destroyed',
  eviction: 'impossible',
  'owner-freed': 'impossible',
};

const STORAGE: Effects = {
  ...EVERY_MAP,
  update: 'destroyed',
  'locked-update': 'kept',
  delete: 'destroyed',
  'lookup-and-delete': 'impossible',
  eviction: 'impossible',
  'owner-freed': 'destroyed',
};

/**
 * What frees the object in a slot of a referenced kptr: check_and_free_fields() and where it is called,
 * kernel/bpf/arraymap.c, hashtab.c and bpf_local_storage.c.
 *
 * @param type of a map that may hold kptrs
 */
export function slotEffects(type: string, version: VersionNumber): Effects {
  switch (type) {
    case 'array':
      return ARRAY;
    case 'percpu_array':
      return { ...ARRAY, 'locked-update': 'impossible' };
    case 'hash':
      return HASH;
    case 'lru_hash':
      return { ...HASH, 'locked-update': 'impossible', eviction: 'destroyed' };
    case 'percpu_hash':
    case 'lru_percpu_hash': {
      // Updated in place, where late kernels alone think of kptrs: pcpu_copy_value().
      const update = mapsBehave(version, 'percpuHashUpdateFrees') ? 'destroyed' : 'kept';
      const eviction = type === 'lru_percpu_hash' ? 'destroyed' : 'impossible';
      return { ...HASH, update, 'locked-update': 'impossible', eviction };
    }
    default:
      return STORAGE;
  }
}
