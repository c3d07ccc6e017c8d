import { defineRule } from '../rule.ts';

export const lockHeldAtExit = defineRule({
  id: 'lock/held-at-exit',
  errno: 'EINVAL',
  title: 'Locks are released before a function ends',
  explanation: 'kernel/bpf/verifier.c, do_check().',
  message: 'the function ends with a spin lock held',
  suggestion: 'call bpf_spin_unlock() on every path',
});
