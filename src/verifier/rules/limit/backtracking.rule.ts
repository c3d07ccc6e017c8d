import { defineRule } from '../rule.ts';

export const verifierGivesUp = defineRule({
  id: 'limit/backtracking',
  errno: 'EFAULT',
  title: 'The verifier finds where a value came from',
  explanation:
    'The kernel goes back through the instructions to where a value was made, and here does not find it: a defect of that kernel (kernel/bpf/verifier.c, __mark_chain_precision()).',
  message: 'this kernel fails to find where a value came from',
  suggestion: 'use a later kernel, or write the computation another way',
  noExample: 'A defect of kernels, which depends on how the walk went before.',
});
