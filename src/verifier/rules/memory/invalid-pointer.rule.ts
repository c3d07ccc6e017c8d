import { defineRule } from '../rule.ts';

export const notAddress = defineRule({
  id: 'memory/invalid-pointer',
  errno: 'EACCES',
  title: 'Only pointers that are known to be valid are dereferenced',
  explanation:
    'A number is no address; a pointer that may be NULL has to be compared with NULL first (kernel/bpf/verifier.c, check_mem_access()).',
  message: 'R{register} is {what}, and is used as an address',
  suggestion: '{help}',
});
