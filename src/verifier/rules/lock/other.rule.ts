import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const unlockOther = defineRule({
  id: 'lock/other',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'The lock that was taken is released',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'another lock is released than the one that is held',
  suggestion: 'look the value up once, and use the same pointer for both',
  examples: programs({
    bad: `
      r1 = map[locked] +0 ll
      call bpf_spin_lock
      r1 = map[locked2] +0 ll
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
