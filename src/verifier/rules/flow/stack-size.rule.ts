import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const stackTooLarge = defineRule({
  id: 'flow/stack-size',
  errno: 'EACCES',
  title: 'All functions of a chain of calls share 512 bytes of stack',
  explanation:
    'Each function counts at least 32 bytes, rounded up to 32 (kernel/bpf/verifier.c, check_max_stack_depth()).',
  message: 'the stack of {frames} functions that call each other takes {bytes} bytes',
  suggestion: 'keep large variables in a map',
  examples: programs({
    bad: `
      *(u64 *)(r10 -512) = 0
      call other
      exit
      other: *(u64 *)(r10 -8) = 0
      r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -480) = 0
      call other
      exit
      other: *(u64 *)(r10 -8) = 0
      r0 = 0
      exit`,
  }),
});
