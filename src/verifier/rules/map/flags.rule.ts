import { ARRAY, creations, HASH } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const flagsNotTaken = defineRule({
  id: 'map/flags',
  errno: 'EINVAL',
  title: 'A map has flags that its type takes',
  explanation:
    'Each type has a mask of flags, and some combinations that it refuses (kernel/bpf/syscall.c, `map_create()`, and the `map_alloc_check` of the type).',
  message: 'map {map}, a {type}, does not take the flags {flags}',
  suggestion: 'leave out the flags that the type does not take',
  examples: creations({ ...ARRAY, flags: ['NO_PREALLOC'] }, { ...HASH, flags: ['NO_PREALLOC'] }),
});
