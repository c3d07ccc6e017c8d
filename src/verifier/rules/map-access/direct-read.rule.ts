import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const directRead = defineRule({
  id: 'map-access/direct-read',
  errno: 'ENOTSUPP',
  title: 'Frozen read-only arrays that are read at constant offsets have one element',
  explanation:
    'What such an array holds is taken for constant, and the kernel finds it for arrays of one element alone (kernel/bpf/verifier.c, bpf_map_direct_read(); kernel/bpf/arraymap.c, array_map_direct_value_addr()).',
  message: 'map {map} is frozen, read-only and has more than one element, and is read at a constant offset',
  suggestion: 'do not freeze the map, or give it one element',
  examples: programs({
    bad: `
      *(u32 *)(r10 -4) = 0
      r2 = r10
      r2 += -4
      r1 = map[formats] ll
      call bpf_map_lookup_elem
      if r0 == 0 goto out
      r1 = *(u32 *)(r0 +0)
      out: r0 = 0
      exit`,
    good: `
      *(u32 *)(r10 -4) = 0
      r2 = r10
      r2 += -4
      r1 = map[format] ll
      call bpf_map_lookup_elem
      if r0 == 0 goto out
      r1 = *(u32 *)(r0 +0)
      out: r0 = 0
      exit`,
  }),
});
