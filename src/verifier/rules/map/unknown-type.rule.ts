import { creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const unknownMapType = defineRule({
  id: 'map/unknown-type',
  errno: 'EINVAL',
  title: 'The map type is one that the kernel has',
  explanation:
    'Types came with kernels, and some with their configuration (kernel/bpf/syscall.c, `find_and_alloc_map()`).',
  message: 'map {map}: this kernel has no map type {type}',
  suggestion: 'use a type that the kernel has, or a later kernel',
  examples: creations(
    { type: 'user_ringbuf', keySize: 0, valueSize: 0, maxEntries: 4096 },
    { type: 'ringbuf', keySize: 0, valueSize: 0, maxEntries: 4096 },
  ),
});
