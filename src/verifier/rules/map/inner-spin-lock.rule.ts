import { ARRAY, ARRAY_OF_MAPS } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const innerMapSpinLock = defineRule({
  id: 'map/inner-spin-lock',
  errno: 'ENOTSUPP',
  title: 'The values of inner maps have no spin lock',
  explanation: 'kernel/bpf/map_in_map.c, `bpf_map_meta_alloc()`.',
  message: 'the template of map {map} has a bpf_spin_lock in its value',
  suggestion: 'leave the lock out of the inner map, or do without map-in-map',
  examples: {
    bad: {
      maps: [
        { ...ARRAY, valueType: 'locked' },
        { ...ARRAY_OF_MAPS, inner: 0 },
      ],
      ops: ['create 0', 'create 1'],
    },
    good: {
      maps: [
        { ...ARRAY, valueType: 'pair' },
        { ...ARRAY_OF_MAPS, inner: 0 },
      ],
      ops: ['create 0', 'create 1'],
    },
  },
});
