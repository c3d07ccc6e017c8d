import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const timerMismatch = defineRule({
  id: 'timer/map',
  errno: 'EINVAL',
  title: 'A timer is initialized with its own map',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the timer lies in another map than the one in argument {argument}',
  suggestion: 'pass the map that the timer lies in',
  examples: programs({
    bad: `
      r1 = map[timed] +0 ll
      r2 = map[timed2] ll
      r3 = 0
      call bpf_timer_init
      r0 = 0
      exit`,
    good: `
      r1 = map[timed] +0 ll
      r2 = map[timed] ll
      r3 = 0
      call bpf_timer_init
      r0 = 0
      exit`,
  }),
});
