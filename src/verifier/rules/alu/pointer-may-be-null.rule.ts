import { defineRule } from '../rule.ts';

export const pointerMayBeNull = defineRule({
  id: 'alu/pointer-may-be-null',
  errno: 'EACCES',
  title: 'Nothing is added to a pointer that may be NULL',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'R{register} is computed from {what}',
  suggestion: 'compare the pointer with NULL first',
});
