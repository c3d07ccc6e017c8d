import { defineRule } from '../rule.ts';

export const modifiedPointer = defineRule({
  id: 'memory/modified-pointer',
  errno: 'EACCES',
  title: 'Some pointers are used as they are',
  explanation: 'kernel/bpf/verifier.c, __check_ptr_off_reg().',
  message: 'R{register} points to {what} and was moved by {offset}',
  suggestion: 'use the pointer without adding anything to it; keep the original in another register',
});
