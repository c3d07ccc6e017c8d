import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const asyncReturn = defineRule({
  id: 'return/async-callback',
  errno: 'EINVAL',
  title: 'Callbacks of timers return 0',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: 'the callback of a timer returns {value}',
  suggestion: 'return 0',
  examples: programs(
    {
      bad: `
      r6 = map[timed] +0 ll
      r1 = r6
      r2 = map[timed] ll
      r3 = 0
      call bpf_timer_init
      r1 = r6
      r2 = func callback ll
      call bpf_timer_set_callback
      r0 = 0
      exit
      callback: r0 = 1
      exit`,
      good: `
      r6 = map[timed] +0 ll
      r1 = r6
      r2 = map[timed] ll
      r3 = 0
      call bpf_timer_init
      r1 = r6
      r2 = func callback ll
      call bpf_timer_set_callback
      r0 = 0
      exit
      callback: r0 = 0
      exit`,
    },
    { withTypes: true },
  ),
});
