import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const timerArgument = defineRule({
  id: 'timer/address',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'Helpers for timers get the address of a timer',
  explanation: 'kernel/bpf/verifier.c, process_timer_func().',
  message: 'R{register} is not the address of a struct bpf_timer: {why}',
  suggestion: 'pass the address of the member of the map value that is the timer',
  examples: programs({
    bad: `
      r1 = map[timed] +16 ll
      r2 = map[timed] ll
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
