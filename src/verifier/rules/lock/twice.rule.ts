import { defineRule } from '../rule.ts';

export const lockTwice = defineRule({
  id: 'lock/twice',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'One lock is held at a time',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'a lock is taken while another is held',
  suggestion: 'release the other one first',
});
