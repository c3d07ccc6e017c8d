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
});
