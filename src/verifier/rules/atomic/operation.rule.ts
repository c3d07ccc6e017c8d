import { defineRule } from '../rule.ts';

export const atomicOperation = defineRule({
  id: 'atomic/operation',
  errno: 'EINVAL',
  title: 'The kernel knows every atomic operation',
  explanation: 'kernel/bpf/verifier.c, check_atomic().',
  message: 'there is no atomic operation {operation}',
  suggestion: 'compile for an older instruction set',
});
