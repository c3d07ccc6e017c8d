import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const backEdge = defineRule({
  id: 'flow/back-edge',
  errno: 'EINVAL',
  title: 'Calls and plain instructions do not lead back',
  explanation: 'Loops are made by jumps (kernel/bpf/verifier.c, push_insn()).',
  message: 'instruction {insn} leads back to {target}',
  suggestion: 'make loops with jumps; functions may not call themselves',
  examples: programs({
    bad: `
      start: call start
      exit`,
    good: `
      call other
      exit
      other: r0 = 0
      exit`,
  }),
});
