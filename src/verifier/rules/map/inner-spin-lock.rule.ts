import { defineRule } from '../rule.ts';

export const innerMapSpinLock = defineRule({
  id: 'map/inner-spin-lock',
  errno: 'ENOTSUPP',
  title: 'The values of inner maps have no spin lock',
  explanation: 'kernel/bpf/map_in_map.c, `bpf_map_meta_alloc()`.',
  message: 'the template of map {map} has a bpf_spin_lock in its value',
  suggestion: 'leave the lock out of the inner map, or do without map-in-map',
});
