import { defineRule } from '../rule.ts';

export const unlockNothing = defineRule({
  id: 'lock/not-held',
  errno: 'EACCES',
  title: 'Only a lock that is held is released',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'a lock is released, and none is held',
  suggestion: 'take the lock first, on every path',
});
