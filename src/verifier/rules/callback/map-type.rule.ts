import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callbackMap = defineRule({
  id: 'callback/map-type',
  errno: 'ENOTSUPP',
  title: 'bpf_for_each_map_elem() goes through arrays and hash tables',
  explanation: 'kernel/bpf/verifier.c, set_map_elem_callback_state().',
  message: 'the elements of maps of type {type} can not be gone through',
  suggestion: 'use an array or a hash table',
  examples: programs(
    {
      bad: `
      r1 = map[progs] ll
      r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_for_each_map_elem
      r0 = 0
      exit
      callback: r0 = 0
      exit`,
      good: `
      r1 = map[table] ll
      r2 = func callback ll
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
