import { defineRule } from '../rule.ts';

export const stackUnbounded = defineRule({
  id: 'stack/unbounded',
  errno: 'EACCES',
  title: 'Variable offsets into the stack are bounded',
  explanation: 'kernel/bpf/verifier.c, check_stack_access_within_bounds().',
  message: 'the offset of R{register} into the stack has no bounds',
  suggestion: 'compare the index with the size of the array first',
});
