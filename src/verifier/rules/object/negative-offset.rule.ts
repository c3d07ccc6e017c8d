import { defineRule } from '../rule.ts';

export const objectNegative = defineRule({
  id: 'object/negative-offset',
  errno: 'EACCES',
  title: 'Objects are not accessed before their start',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'struct {type} is accessed at offset {offset}, before its start',
  suggestion: 'use a pointer to the struct itself',
});
