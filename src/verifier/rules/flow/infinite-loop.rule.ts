import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const infiniteLoop = defineRule({
  id: 'flow/infinite-loop',
  errno: 'EINVAL',
  title: 'Every loop changes something',
  explanation:
    'A state that comes by again just as it was will come by for ever (kernel/bpf/verifier.c, is_state_visited()).',
  message: 'instruction {insn} is reached again with nothing changed: the loop has no end',
  suggestion: 'count in a register or on the stack, and leave the loop when the count is reached',
  examples: programs({
    bad: `
      r0 = 0
      again: if r0 < 4 goto again
      exit`,
    good: `
      r0 = 0
      again: r0 += 1
      if r0 < 4 goto again
      exit`,
  }),
});
