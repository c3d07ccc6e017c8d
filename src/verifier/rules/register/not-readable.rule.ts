import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const notReadable = defineRule({
  id: 'register/not-readable',
  errno: 'EACCES',
  title: 'A register is written before it is read',
  explanation:
    'At the start only R1, the context, and R10, the frame pointer, hold something; every call leaves R1 to R5 unreadable, and R0 where it returns nothing (kernel/bpf/verifier.c, check_reg_arg()).',
  message: 'R{register} is read, and nothing was written to it on this path',
  suggestion: 'give it a value on every path; what must outlive a call belongs in R6 to R9 or on the stack',
  examples: programs({
    bad: `
      r0 = r2
      exit`,
    good: `
      r2 = 0
      r0 = r2
      exit`,
  }),
});
