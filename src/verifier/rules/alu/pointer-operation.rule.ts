import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const pointerOperation = defineRule({
  id: 'alu/pointer-operation',
  errno: 'EACCES',
  title: 'Pointers are added to and subtracted from, and no more',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals() and adjust_reg_min_max_vals().',
  message: 'R{register} is computed from a pointer by {operation}',
  suggestion: 'compute with numbers, and add the result to the pointer',
  examples: programs({
    bad: `
      r1 = r10
      r1 *= 8
      r0 = 0
      exit`,
    good: `
      r1 = r10
      r1 += -8
      r0 = 0
      exit`,
  }),
});
