import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const atomicOperation = defineRule({
  id: 'atomic/operation',
  errno: 'EINVAL',
  title: 'The kernel knows every atomic operation',
  explanation: 'kernel/bpf/verifier.c, check_atomic().',
  message: 'there is no atomic operation {operation}',
  suggestion: 'compile for an older instruction set',
  examples: programs({
    bad: `
      r1 = 1
      *(u64 *)(r10 -8) = 0
      raw db1af8ff10000000  // atomic operation 0x10 on *(u64 *)(r10 -8)
      r0 = 0
      exit`,
    good: `
      r1 = 1
      *(u64 *)(r10 -8) = 0
      lock *(u64 *)(r10 -8) += r1
      r0 = 0
      exit`,
  }),
});
