import { defineRule } from '../rule.ts';

export const stackVariableToHelper = defineRule({
  id: 'stack/variable-offset',
  errno: 'EACCES',
  title: 'Atomic operations on the stack have a constant offset',
  explanation: 'kernel/bpf/verifier.c, check_stack_read().',
  message: 'R{register} has a variable offset into the stack',
  suggestion: 'use a constant offset',
});
