import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const wrongMaxEntries = defineRule({
  id: 'map/max-entries',
  errno: 'EINVAL',
  title: 'The number of entries is one that the map type takes',
  explanation:
    'The `map_alloc_check` or `map_alloc` of the type. Local storage has no number of its own; ring buffers count bytes, a power of 2 and whole pages.',
  message: 'map {map}, a {type}, has max_entries {entries}, not {expected}',
  suggestion: 'set max_entries to {expected}',
  examples: creations({ ...ARRAY, maxEntries: 0 }, { ...ARRAY, maxEntries: 1 }),
});
