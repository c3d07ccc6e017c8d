import { creations, HASH } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const tooManyEntries = defineRule({
  id: 'map/too-many-entries',
  errno: 'E2BIG',
  title: 'A map has no more entries than its table can hold',
  explanation: 'The `map_alloc` of the type.',
  message: 'map {map}: {entries} entries are more than {limit}',
  suggestion: 'lower max_entries',
  examples: creations({ ...HASH, maxEntries: 0x20000000 }, { ...HASH, maxEntries: 8 }),
});
