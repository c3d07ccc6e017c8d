import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const stackVariableToHelper = defineRule({
  id: 'stack/variable-offset',
  errno: 'EACCES',
  title: 'Atomic operations on the stack have a constant offset',
  explanation: 'kernel/bpf/verifier.c, check_stack_read().',
  message: 'R{register} has a variable offset into the stack',
  suggestion: 'use a constant offset',
  examples: programs({
    bad: `
      *(u64 *)(r10 -16) = 0
      *(u64 *)(r10 -8) = 0
      r2 = *(u32 *)(r1 +0)
      r2 &= 8
      r1 = r10
      r1 += r2
      r3 = 1
      lock *(u64 *)(r1 -16) += r3
      r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -16) = 0
      r1 = r10
      r3 = 1
      lock *(u64 *)(r1 -16) += r3
      r0 = 0
      exit`,
  }),
});
