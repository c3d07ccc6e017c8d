import { ARRAY, ARRAY_OF_MAPS } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const innerMapMismatch = defineRule({
  id: 'map/inner-mismatch',
  errno: 'EINVAL',
  title: 'An inner map equals the template',
  explanation:
    'Type, sizes, flags, offset of the timer and all kptrs are compared, of arrays max_entries too unless they have BPF_F_INNER_MAP (kernel/bpf/map_in_map.c, `bpf_map_meta_equal()`). A map without BTF and one with BTF but no timer differ.',
  message: 'map {inner} is not like the template of map {map}',
  suggestion: 'create both from one definition',
  examples: {
    bad: {
      maps: [ARRAY, { ...ARRAY, valueSize: 8 }, { ...ARRAY_OF_MAPS, inner: 0 }],
      ops: ['create 0', 'create 1', 'create 2', 'put_inner 2 1'],
    },
    good: {
      maps: [ARRAY, ARRAY, { ...ARRAY_OF_MAPS, inner: 0 }],
      ops: ['create 0', 'create 1', 'create 2', 'put_inner 2 1'],
    },
  },
});
