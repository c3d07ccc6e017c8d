import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const stackUnbounded = defineRule({
  id: 'stack/unbounded',
  errno: 'EACCES',
  title: 'Variable offsets into the stack are bounded',
  explanation: 'kernel/bpf/verifier.c, check_stack_access_within_bounds().',
  message: 'the offset of R{register} into the stack has no bounds',
  suggestion: 'compare the index with the size of the array first',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +0)
      r1 = r10
      r1 += r2
      *(u8 *)(r1 -8) = 0
      r0 = 0
      exit`,
    good: `
      r2 = *(u32 *)(r1 +0)
      r2 &= 7
      r1 = r10
      r1 += r2
      *(u8 *)(r1 -8) = 0
      r0 = 0
      exit`,
  }),
});
