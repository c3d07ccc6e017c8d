import { defineRule } from './rule.ts';

export const leak = defineRule({
  id: 'ref/leak',
  errno: 'EINVAL',
  title: 'What is acquired is released on every path',
  explanation:
    'At the end of the program, and of a callback from v6.0 on, no reference may be held (kernel/bpf/verifier.c, check_reference_leak()).',
  message: '{what} acquired at instruction {acquired} is not released on this path',
  suggestion: 'release it before the program ends, or leave it in a map by bpf_kptr_xchg()',
});

export const tailCallLeak = defineRule({
  id: 'ref/tail-call',
  errno: 'EINVAL',
  title: 'No reference is held at a tail call',
  explanation: 'Nobody would release it (kernel/bpf/verifier.c, check_helper_call()).',
  message: '{what} acquired at instruction {acquired} is held at a tail call',
  suggestion: 'release it before the tail call',
});

export const loadAbsLeak = defineRule({
  id: 'ref/load-abs',
  errno: 'EINVAL',
  title: 'No reference is held at BPF_LD_ABS and BPF_LD_IND',
  explanation: 'They may end the program (kernel/bpf/verifier.c, check_ld_abs()).',
  message: '{what} acquired at instruction {acquired} is held where BPF_LD_ABS or BPF_LD_IND may end the program',
  suggestion: 'release it before, or use bpf_skb_load_bytes()',
});
