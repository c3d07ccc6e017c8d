import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const divisionByZero = defineRule({
  id: 'alu/division-by-zero',
  errno: 'EINVAL',
  title: 'Nothing is divided by the constant 0',
  explanation: 'kernel/bpf/verifier.c, check_alu_op().',
  message: 'R{register} is divided by 0',
  suggestion: 'divide by something else',
  examples: programs({
    bad: `
      r0 = 1
      r0 /= 0
      exit`,
    good: `
      r0 = 1
      r0 /= 2
      exit`,
  }),
});
