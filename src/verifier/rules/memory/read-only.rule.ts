import { defineRule } from '../rule.ts';

export const readOnlyMemory = defineRule({
  id: 'memory/read-only',
  errno: 'EACCES',
  title: 'Read-only memory is not written',
  explanation: 'kernel/bpf/verifier.c, check_mem_access() and check_helper_mem_access().',
  message: 'R{register} points to {what}, which may not be written',
  suggestion: 'copy it to the stack or to a map and change it there',
});
