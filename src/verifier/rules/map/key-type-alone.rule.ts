import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const keyTypeAlone = defineRule({
  id: 'map/key-type-alone',
  errno: 'EINVAL',
  title: 'A map with a BTF type for its key has one for its value',
  explanation: 'kernel/bpf/syscall.c, `map_create()`.',
  message: 'map {map} has a BTF type for its key and none for its value',
  suggestion: 'give both, or neither',
  examples: creations({ ...ARRAY, keyType: 'int' }, { ...ARRAY, keyType: 'int', valueType: 'pair' }),
});
