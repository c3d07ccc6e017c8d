import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const subtractsFromStack = defineRule({
  id: 'alu/subtract-from-stack',
  errno: 'EACCES',
  title: 'Nothing is subtracted from a pointer to the stack',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'something is subtracted from the pointer to the stack in R{register}',
  suggestion: 'add a negative number',
  examples: programs({
    bad: `
      r1 = r10
      r1 -= 8
      r0 = 0
      exit`,
    good: `
      r1 = r10
      r1 += -8
      r0 = 0
      exit`,
  }),
});
