import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const mapOutOfMemory = defineRule({
  id: 'map/out-of-memory',
  errno: 'ENOMEM',
  title: 'The memory of a map can be had',
  explanation:
    'All of the memory of a map is asked for when it is created, unless BPF_F_NO_PREALLOC says otherwise (`bpf_map_area_alloc()`, `bpf_map_alloc_percpu()`).',
  message: 'map {map} takes more memory than can be had',
  suggestion: 'lower max_entries or the size of the value',
  examples: creations(
    { ...ARRAY, valueSize: 4096, maxEntries: 0x7fffffff },
    { ...ARRAY, valueSize: 4096, maxEntries: 16 },
  ),
});
