import { ARRAY, ARRAY_OF_MAPS } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const innerMapMissing = defineRule({
  id: 'map/inner-missing',
  errno: 'EINVAL',
  title: 'A map-in-map has a map as its template',
  explanation: 'kernel/bpf/map_in_map.c, `bpf_map_meta_alloc()`. EBADF if the map that should serve was not created.',
  message: 'map {map}, a {type}, has no inner map as its template',
  suggestion: 'give an inner map, created before the outer one',
  examples: {
    bad: { maps: [ARRAY_OF_MAPS], ops: ['create 0'] },
    good: { maps: [ARRAY, { ...ARRAY_OF_MAPS, inner: 0 }], ops: ['create 0', 'create 1'] },
  },
});
