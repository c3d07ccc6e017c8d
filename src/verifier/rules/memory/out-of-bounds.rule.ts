import { defineRule } from '../rule.ts';

export const outOfBounds = defineRule({
  id: 'memory/out-of-bounds',
  errno: 'EACCES',
  title: 'Accesses stay in their memory',
  explanation: 'kernel/bpf/verifier.c, __check_mem_access().',
  message: '{size} bytes at offset {offset} of {what} reach beyond its {limit} bytes',
  suggestion: 'check the index, or the size of the type that is used',
});
