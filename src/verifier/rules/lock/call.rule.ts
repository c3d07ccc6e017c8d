import { defineRule } from '../rule.ts';

export const callUnderLock = defineRule({
  id: 'lock/call',
  errno: 'EINVAL',
  title: 'Nothing is called while a lock is held',
  explanation: 'But for bpf_spin_unlock() (kernel/bpf/verifier.c, do_check()).',
  message: 'a function is called while a spin lock is held',
  suggestion: 'call it before the lock is taken, or after it is released',
});
