import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const invalidShift = defineRule({
  id: 'alu/shift',
  errno: 'EINVAL',
  title: 'Constants shift by less than the width of the operation',
  explanation: 'kernel/bpf/verifier.c, check_alu_op().',
  message: 'R{register} is shifted by {amount} bits',
  suggestion: 'shift by 0 to 63 bits, in 32-bit operations by 0 to 31',
  examples: programs({
    bad: `
      r0 = 1
      r0 <<= 64
      exit`,
    good: `
      r0 = 1
      r0 <<= 63
      exit`,
  }),
});
