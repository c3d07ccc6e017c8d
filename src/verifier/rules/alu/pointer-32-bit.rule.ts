import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const pointer32 = defineRule({
  id: 'alu/pointer-32-bit',
  errno: 'EACCES',
  title: 'Pointers are not changed by 32-bit operations',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'R{register} holds a pointer and is changed by a 32-bit operation',
  suggestion: 'use a 64-bit operation',
  examples: programs({
    bad: `
      r1 = r10
      w1 += -8
      r0 = 0
      exit`,
    good: `
      r1 = r10
      r1 += -8
      r0 = 0
      exit`,
  }),
});
