import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const stackOutOfBounds = defineRule({
  id: 'stack/out-of-bounds',
  errno: 'EACCES',
  title: 'Accesses stay in the stack',
  explanation:
    'The stack of a function is the 512 bytes below R10; until v6.1 only what was written before may be read at all (kernel/bpf/verifier.c, check_stack_access_within_bounds()).',
  message: 'R{register} reaches {where} of the stack, which is outside of it',
  suggestion: 'stay within the 512 bytes below R10, and write before reading',
  examples: programs({
    bad: `
      *(u64 *)(r10 -520) = 0
      r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -512) = 0
      r0 = 0
      exit`,
  }),
});
