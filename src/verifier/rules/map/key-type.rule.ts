import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const wrongKeyType = defineRule({
  id: 'map/key-type',
  errno: 'EINVAL',
  title: 'The BTF type of a key is one that the map type takes',
  explanation:
    'Arrays and local storage: an `int` of 32 bits; tries: a struct; cgroup storage: its key struct, or 64 bits; bloom filters: none. Other types take any type, but they need one (`map_check_btf` of the type).',
  message: 'map {map}, a {type}, has a key whose BTF type is not {expected}',
  suggestion: 'make the type of the key {expected}',
  examples: creations(
    { ...ARRAY, keyType: 'index', valueType: 'pair' },
    { ...ARRAY, keyType: 'int', valueType: 'pair' },
  ),
});
