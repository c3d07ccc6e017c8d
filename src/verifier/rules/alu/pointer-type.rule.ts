import { defineRule } from '../rule.ts';

export const pointerFixed = defineRule({
  id: 'alu/pointer-type',
  errno: 'EACCES',
  title: 'Some pointers are not moved',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'R{register} is computed from {what}, which may not be moved',
  suggestion: 'use the pointer as it is',
});
