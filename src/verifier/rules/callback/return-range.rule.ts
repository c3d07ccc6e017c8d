import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callbackReturnRange = defineRule({
  id: 'callback/return-range',
  errno: 'EINVAL',
  title: 'Callbacks return 0 or 1',
  explanation: 'kernel/bpf/verifier.c, prepare_func_exit().',
  message: 'the callback returns {value}',
  suggestion: 'return 0 to go on, 1 to stop',
  examples: programs(
    {
      bad: `
      r1 = 4
      r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_loop
      r0 = 0
      exit
      callback: r0 = 2
      exit`,
      good: `
      r1 = 4
      r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_loop
      r0 = 0
      exit
      callback: r0 = 1
      exit`,
    },
    { withTypes: true },
  ),
});
