import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const lockTwice = defineRule({
  id: 'lock/twice',
  errno: 'EACCES',
  title: 'One lock is held at a time',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'a lock is taken while another is held',
  suggestion: 'release the other one first',
  examples: programs({
    bad: `
      r6 = map[locked] +0 ll
      r1 = r6
      call bpf_spin_lock
      r1 = map[locked2] +0 ll
      call bpf_spin_lock
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
      r0 = 0
      exit`,
  }),
});
