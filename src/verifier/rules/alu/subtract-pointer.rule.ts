import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const subtractsPointer = defineRule({
  id: 'alu/subtract-pointer',
  errno: 'EACCES',
  title: 'No pointer is subtracted from a number',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'a pointer is subtracted from the number in R{register}',
  suggestion: 'subtract the number from the pointer, or pointers from each other',
  examples: programs({
    bad: `
      r2 = map[pair] +0 ll
      r1 = 8
      r1 -= r2
      r0 = 0
      exit`,
    good: `
      r2 = map[pair] +0 ll
      r1 = 8
      r1 += r2
      r0 = 0
      exit`,
  }),
});
