import { ARRAY, ARRAY_OF_MAPS } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const innerMapType = defineRule({
  id: 'map/inner-type',
  errno: 'ENOTSUPP',
  title: 'The template of a map-in-map is of a type that may be one',
  explanation:
    'Types without `map_meta_equal` are not inner maps (kernel/bpf/map_in_map.c, `bpf_map_meta_alloc()`): program arrays, maps of maps, cgroup storage, struct_ops.',
  message: 'the template of map {map} is of type {type}, which no inner map is',
  suggestion: 'use another type for the inner map',
  examples: {
    bad: {
      maps: [
        { type: 'prog_array', keySize: 4, valueSize: 4, maxEntries: 1 },
        { ...ARRAY_OF_MAPS, inner: 0 },
      ],
      ops: ['create 0', 'create 1'],
    },
    good: { maps: [ARRAY, { ...ARRAY_OF_MAPS, inner: 0 }], ops: ['create 0', 'create 1'] },
  },
});
