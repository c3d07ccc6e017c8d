import { defineRule } from '../rule.ts';

export const unlockOther = defineRule({
  id: 'lock/other',
  errno: 'EACCES',
  title: 'The lock that was taken is released',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'another lock is released than the one that is held',
  suggestion: 'look the value up once, and use the same pointer for both',
});
