import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const tooManyFunctions = defineRule({
  id: 'flow/functions',
  errno: 'E2BIG',
  title: 'A program has at most 256 functions',
  explanation: 'BPF_MAX_SUBPROGS (kernel/bpf/verifier.c, add_subprog()).',
  message: 'there are more than {limit} functions',
  suggestion: 'inline some of them',
  examples: programs({
    bad: `
      256 times: call f$
      exit
      256 times: f$: r0 = 0; exit`,
    good: `
      255 times: call f$
      exit
      255 times: f$: r0 = 0; exit`,
  }),
});
