import { defineRule } from '../rule.ts';

export const loadAbsLeak = defineRule({
  id: 'ref/load-abs',
  errno: 'EINVAL',
  title: 'No reference is held at BPF_LD_ABS and BPF_LD_IND',
  explanation: 'They may end the program (kernel/bpf/verifier.c, check_ld_abs()).',
  message: '{what} acquired at instruction {acquired} is held where BPF_LD_ABS or BPF_LD_IND may end the program',
  suggestion: 'release it before, or use bpf_skb_load_bytes()',
});
