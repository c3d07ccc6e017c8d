import { defineRule } from '../rule.ts';

export const objectVariable = defineRule({
  id: 'object/variable-offset',
  errno: 'EACCES',
  title: 'Objects are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'struct {type} is accessed at a variable offset',
  suggestion: 'read it with bpf_probe_read_kernel() if the offset has to vary',
});
