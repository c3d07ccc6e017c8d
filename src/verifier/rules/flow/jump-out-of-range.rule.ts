import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const jumpOutOfRange = defineRule({
  id: 'flow/jump-out-of-range',
  errno: 'EINVAL',
  title: 'Jumps stay in their function',
  explanation: 'kernel/bpf/verifier.c, check_subprogs() and push_insn().',
  message: 'instruction {insn} jumps to {target}, outside of its function',
  suggestion: 'jump inside the function, or call the other one',
  examples: programs({
    bad: `
      r0 = 0
      goto +5
      exit`,
    good: `
      r0 = 0
      goto +0
      exit`,
  }),
});
