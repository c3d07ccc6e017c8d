import type { ExampleMap } from './example.ts';

/** The maps that programs of examples use, by name. A number behind a name makes another map of the same kind. */
export const EXAMPLE_MAPS: Readonly<Record<string, ExampleMap>> = {
  /** One value of two numbers, which is always there. */
  pair: { type: 'array', keySize: 4, valueSize: 16, maxEntries: 1, valueType: 'pair' },
  /** The same without BTF. */
  bytes: { type: 'array', keySize: 4, valueSize: 16, maxEntries: 1 },
  table: { type: 'hash', keySize: 4, valueSize: 16, maxEntries: 8, valueType: 'pair' },
  table_unallocated: {
    type: 'hash',
    keySize: 4,
    valueSize: 16,
    maxEntries: 8,
    valueType: 'pair',
    flags: ['NO_PREALLOC'],
  },
  /** kptrs: `ref` at 0, `unref` at 8, numbers behind them. */
  objects: { type: 'array', keySize: 4, valueSize: 32, maxEntries: 1, valueType: 'objects' },
  /** A kptr to another type. */
  members: { type: 'array', keySize: 4, valueSize: 8, maxEntries: 1, valueType: 'members' },
  /** Its kptr is not usable, since the numbers before it are not aligned to eight bytes. */
  misaligned: { type: 'array', keySize: 4, valueSize: 16, maxEntries: 1, valueType: 'misaligned' },
  locked: { type: 'array', keySize: 4, valueSize: 16, maxEntries: 1, valueType: 'locked' },
  timed: { type: 'array', keySize: 4, valueSize: 24, maxEntries: 1, valueType: 'timed' },
  read_only: { type: 'array', keySize: 4, valueSize: 16, maxEntries: 1, valueType: 'pair', flags: ['RDONLY_PROG'] },
  write_only: { type: 'array', keySize: 4, valueSize: 16, maxEntries: 1, valueType: 'pair', flags: ['WRONLY_PROG'] },
  /** A frozen format string. */
  format: { type: 'array', keySize: 4, valueSize: 8, maxEntries: 1, flags: ['RDONLY_PROG'], text: 'n=%d' },
  /** The same without the zero behind it. */
  format_unended: { type: 'array', keySize: 4, valueSize: 4, maxEntries: 1, flags: ['RDONLY_PROG'], text: 'n=%d' },
  /** Frozen as well, and of two elements. */
  formats: { type: 'array', keySize: 4, valueSize: 8, maxEntries: 2, flags: ['RDONLY_PROG'], text: 'n=%d' },
  progs: { type: 'prog_array', keySize: 4, valueSize: 4, maxEntries: 1 },
  records: { type: 'ringbuf', keySize: 0, valueSize: 0, maxEntries: 4096 },
  events: { type: 'perf_event_array', keySize: 4, valueSize: 4, maxEntries: 1 },
  work: { type: 'queue', keySize: 0, valueSize: 16, maxEntries: 4 },
  sockets: { type: 'sockmap', keySize: 4, valueSize: 4, maxEntries: 4 },
  per_cgroup: { type: 'cgroup_storage', keySize: 8, valueSize: 16, maxEntries: 0 },
  seen: { type: 'bloom_filter', keySize: 0, valueSize: 16, maxEntries: 4 },
};
