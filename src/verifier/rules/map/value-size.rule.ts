import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const wrongValueSize = defineRule({
  id: 'map/value-size',
  errno: 'EINVAL',
  title: 'Values have a size that the map type takes',
  explanation: 'The `map_alloc_check` or `map_alloc` of the type.',
  message: 'map {map}, a {type}, has values of {size} bytes, not {expected}',
  suggestion: 'give the value a size of {expected}',
  examples: creations({ ...ARRAY, valueSize: 0 }, { ...ARRAY, valueSize: 16 }),
});
