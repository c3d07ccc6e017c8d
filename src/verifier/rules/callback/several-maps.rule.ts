import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callbackSeveralMaps = defineRule({
  id: 'callback/several-maps',
  errno: 'EINVAL',
  title: 'A call of bpf_for_each_map_elem() always gets the same map',
  explanation: 'kernel/bpf/verifier.c, set_map_elem_callback_state().',
  message: 'this call gets another map here than on another path',
  suggestion: 'call it in each branch',
  examples: programs(
    {
      bad: `
      r6 = *(u32 *)(r1 +0)
      r1 = map[pair] ll
      if r6 == 0 goto each
      r1 = map[table] ll
      each: r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_for_each_map_elem
      r0 = 0
      exit
      callback: r0 = 0
      exit`,
      good: `
      r6 = *(u32 *)(r1 +0)
      r1 = map[pair] ll
      if r6 == 0 goto each
      r1 = map[pair] ll
      each: r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_for_each_map_elem
      r0 = 0
      exit
      callback: r0 = 0
      exit`,
    },
    { withTypes: true },
  ),
});
