import { creations, HASH } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const lruIsPreallocated = defineRule({
  id: 'map/lru-prealloc',
  errno: 'ENOTSUPP',
  title: 'LRU maps are preallocated',
  explanation: 'kernel/bpf/hashtab.c, `htab_map_alloc_check()`.',
  message: 'map {map} is an LRU map with BPF_F_NO_PREALLOC',
  suggestion: 'leave BPF_F_NO_PREALLOC out',
  examples: creations({ ...HASH, type: 'lru_hash', flags: ['NO_PREALLOC'] }, { ...HASH, type: 'lru_hash' }),
});
