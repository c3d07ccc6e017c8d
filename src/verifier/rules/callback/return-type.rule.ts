import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callbackReturnType = defineRule({
  id: 'callback/return-type',
  errno: 'EACCES',
  title: 'Callbacks return a number',
  explanation: 'kernel/bpf/verifier.c, prepare_func_exit().',
  message: 'the callback returns {what}',
  suggestion: 'return 0 to go on, 1 to stop',
  examples: programs(
    {
      bad: `
      r1 = map[table] ll
      r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_for_each_map_elem
      r0 = 0
      exit
      callback: r0 = r3  // the value
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
