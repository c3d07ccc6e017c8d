import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const lastInstruction = defineRule({
  id: 'flow/end-of-function',
  errno: 'EINVAL',
  title: 'A function ends with exit or a jump',
  explanation: 'Otherwise it would run into the next one (kernel/bpf/verifier.c, check_subprogs()).',
  message: 'the last instruction of a function, {insn}, is no exit and no jump',
  suggestion: 'end the function with exit',
  examples: programs({
    bad: `
      r0 = 0`,
    good: `
      r0 = 0
      exit`,
  }),
});
