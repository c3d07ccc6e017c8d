import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const tooComplex = defineRule({
  id: 'limit/instructions',
  errno: 'E2BIG',
  title: 'A program is walked in at most one million instructions',
  explanation:
    'All paths together, as far as states are not found equal, may take BPF_COMPLEXITY_LIMIT_INSNS steps (kernel/bpf/verifier.c, do_check()).',
  message: '{limit} instructions were walked, and the program is not done',
  suggestion: 'bound loops tighter, split the program, or move a loop into bpf_loop()',
  examples: programs({
    bad: `
      r0 = 0
      again: r0 += 1
      if r0 < 1000000 goto again
      exit`,
    good: `
      r0 = 0
      again: r0 += 1
      if r0 < 1000 goto again
      exit`,
  }),
});
