import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const loadAbsUnderLock = defineRule({
  id: 'lock/load-abs',
  errno: 'EINVAL',
  title: 'BPF_LD_ABS and BPF_LD_IND are not used while a lock is held',
  explanation: 'They may end the program (kernel/bpf/verifier.c, check_ld_abs()).',
  message: 'packet data is loaded by BPF_LD_ABS or BPF_LD_IND while a spin lock is held',
  suggestion: 'load it before the lock is taken',
  examples: programs({
    bad: `
      r6 = r1
      r7 = map[locked] +0 ll
      r1 = r7
      call bpf_spin_lock
      r0 = *(u32 *)skb[0]
      r1 = r7
      call bpf_spin_unlock
      r0 = 0
      exit`,
    good: `
      r6 = r1
      r7 = map[locked] +0 ll
      r0 = *(u32 *)skb[0]
      r1 = r7
      call bpf_spin_lock
      r1 = r7
      call bpf_spin_unlock
      r0 = 0
      exit`,
  }),
});
