import { defineRule } from '../rule.ts';

export const loadAbsUnderLock = defineRule({
  id: 'lock/load-abs',
  errno: 'EINVAL',
  title: 'BPF_LD_ABS and BPF_LD_IND are not used while a lock is held',
  explanation: 'They may end the program (kernel/bpf/verifier.c, check_ld_abs()).',
  message: 'packet data is loaded by BPF_LD_ABS or BPF_LD_IND while a spin lock is held',
  suggestion: 'load it before the lock is taken',
});
