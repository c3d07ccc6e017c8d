import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const unreachable = defineRule({
  id: 'flow/unreachable',
  errno: 'EINVAL',
  title: 'Every instruction can be reached',
  explanation: 'kernel/bpf/verifier.c, check_cfg().',
  message: 'no path leads to instruction {insn}',
  suggestion: 'remove it',
  examples: programs({
    bad: `
      r0 = 0
      exit
      r0 = 1
      exit`,
    good: `
      r0 = 0
      exit`,
  }),
});
