import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callUnderLock = defineRule({
  id: 'lock/call',
  errno: 'EINVAL',
  title: 'Nothing is called while a lock is held',
  explanation: 'But for bpf_spin_unlock() (kernel/bpf/verifier.c, do_check()).',
  message: 'a function is called while a spin lock is held',
  suggestion: 'call it before the lock is taken, or after it is released',
  examples: programs({
    bad: `
      r6 = map[locked] +0 ll
      r1 = r6
      call bpf_spin_lock
      call bpf_get_prandom_u32
      r1 = r6
      call bpf_spin_unlock
      r0 = 0
      exit`,
    good: `
      r6 = map[locked] +0 ll
      r1 = r6
      call bpf_spin_lock
      r1 = r6
      call bpf_spin_unlock
      call bpf_get_prandom_u32
      r0 = 0
      exit`,
  }),
});
