import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const framePointer = defineRule({
  id: 'register/frame-pointer',
  errno: 'EACCES',
  title: 'R10 is never written',
  explanation: 'It is the frame pointer (kernel/bpf/verifier.c, check_reg_arg()).',
  message: 'R10, the frame pointer, is written',
  suggestion: 'copy it to another register and change that',
  examples: programs({
    bad: `
      r10 += -8
      r0 = 0
      exit`,
    good: `
      r1 = r10
      r1 += -8
      r0 = 0
      exit`,
  }),
});
