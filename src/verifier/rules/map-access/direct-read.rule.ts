import { defineRule } from '../rule.ts';

export const directRead = defineRule({
  id: 'map-access/direct-read',
  errno: 'ENOTSUPP',
  title: 'Frozen read-only arrays that are read at constant offsets have one element',
  explanation:
    'What such an array holds is taken for constant, and the kernel finds it for arrays of one element alone (kernel/bpf/verifier.c, bpf_map_direct_read(); kernel/bpf/arraymap.c, array_map_direct_value_addr()).',
  message: 'map {map} is frozen, read-only and has more than one element, and is read at a constant offset',
  suggestion: 'do not freeze the map, or give it one element',
});
