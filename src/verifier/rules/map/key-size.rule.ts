import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const wrongKeySize = defineRule({
  id: 'map/key-size',
  errno: 'EINVAL',
  title: 'Keys have a size that the map type takes',
  explanation: 'The `map_alloc_check` or `map_alloc` of the type.',
  message: 'map {map}, a {type}, has keys of {size} bytes, not {expected}',
  suggestion: 'give the key a size of {expected}',
  examples: creations({ ...ARRAY, keySize: 8 }, { ...ARRAY, keySize: 4 }),
});
