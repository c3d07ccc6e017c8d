import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const timerAccess = defineRule({
  id: 'map-access/timer',
  errno: 'EACCES',
  title: 'Timers in map values are left alone',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the access touches the bpf_timer at offset {offset} of the value of map {map}',
  suggestion: 'use the helpers for timers; pass helpers a part of the value without the timer',
  examples: programs({
    bad: `
      r1 = map[timed] +0 ll
      r0 = *(u64 *)(r1 +8)
      exit`,
    good: `
      r1 = map[timed] +0 ll
      r0 = *(u64 *)(r1 +16)
      exit`,
  }),
});
