import { defineRule } from '../rule.ts';

export const dynptrFromMem = defineRule({
  id: 'dynptr/from-mem',
  errno: 'EACCES',
  title: 'bpf_dynptr_from_mem() takes a map value',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_dynptr_from_mem() gets {what}',
  suggestion: 'pass a pointer to a map value',
});
