import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const lockHeldAtExit = defineRule({
  id: 'lock/held-at-exit',
  errno: 'EINVAL',
  title: 'Locks are released before a function ends',
  explanation: 'kernel/bpf/verifier.c, do_check().',
  message: 'the function ends with a spin lock held',
  suggestion: 'call bpf_spin_unlock() on every path',
  examples: programs({
    bad: `
      r1 = map[locked] +0 ll
      call bpf_spin_lock
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
