import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const unlockNothing = defineRule({
  id: 'lock/not-held',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'Only a lock that is held is released',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'a lock is released, and none is held',
  suggestion: 'take the lock first, on every path',
  examples: programs({
    bad: `
      r1 = map[locked] +0 ll
      call bpf_spin_unlock
      r0 = 0
      exit`,
    good: `
      r6 = map[locked] +0 ll
      r1 = r6
      call bpf_spin_lock
      r1 = r6
      call bpf_spin_unlock
      r0 = 0
      exit`,
  }),
});
