import { ARRAY, ARRAY_OF_MAPS } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const innerMapNested = defineRule({
  id: 'map/inner-nested',
  errno: 'EINVAL',
  title: 'A map-in-map is no inner map',
  explanation: 'Maps nest one level (kernel/bpf/map_in_map.c, `bpf_map_meta_alloc()`).',
  message: 'the template of map {map} is a map-in-map itself',
  suggestion: 'use an inner map that holds values',
  examples: {
    bad: {
      maps: [ARRAY, { ...ARRAY_OF_MAPS, inner: 0 }, { ...ARRAY_OF_MAPS, inner: 1 }],
      ops: ['create 0', 'create 1', 'create 2'],
    },
    good: {
      maps: [ARRAY, { ...ARRAY_OF_MAPS, inner: 0 }, { ...ARRAY_OF_MAPS, inner: 0 }],
      ops: ['create 0', 'create 1', 'create 2'],
    },
  },
});
