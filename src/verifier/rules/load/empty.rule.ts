import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const emptyProgram = defineRule({
  id: 'load/empty',
  errno: 'E2BIG',
  title: 'A program has one to one million instructions',
  explanation: 'kernel/bpf/syscall.c, bpf_prog_load().',
  message: 'the program has {count} instructions',
  suggestion: 'split the program',
  examples: programs({
    bad: `
      // nothing`,
    good: `
      r0 = 0
      exit`,
  }),
});
