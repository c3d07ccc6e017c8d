import { defineRule } from '../rule.ts';

export const objectReadOnly = defineRule({
  id: 'object/read-only',
  errno: 'EACCES',
  title: 'Objects of the kernel are read only',
  explanation:
    'But for the members that a program type may write, as TCP congestion control may (kernel/bpf/verifier.c, check_ptr_to_btf_access()).',
  message: 'struct {type} is written at offset {offset}',
  suggestion: 'use a kfunc or a helper that changes it',
});
