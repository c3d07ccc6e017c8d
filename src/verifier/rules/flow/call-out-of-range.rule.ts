import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callOutOfRange = defineRule({
  id: 'flow/call-out-of-range',
  errno: 'EINVAL',
  title: 'Calls lead to functions of the program',
  explanation: 'kernel/bpf/verifier.c, add_subprog().',
  message: 'instruction {insn} calls {target}, where there is no instruction',
  suggestion: 'call a function of the program',
  examples: programs({
    bad: `
      call +5
      exit`,
    good: `
      call +1
      exit
      r0 = 0
      exit`,
  }),
});
