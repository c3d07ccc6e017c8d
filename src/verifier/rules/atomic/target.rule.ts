import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const atomicTarget = defineRule({
  id: 'atomic/target',
  errno: 'EACCES',
  title: 'Atomic operations work on maps, the stack and other memory of programs',
  explanation: 'kernel/bpf/verifier.c, check_atomic().',
  message: 'R{register} points to {what}, which takes no atomic operations',
  suggestion: 'use plain loads and stores, or a map value',
  examples: programs({
    bad: `
      r2 = 1
      lock *(u32 *)(r1 +8) += r2
      r0 = 0
      exit`,
    good: `
      r2 = 1
      r1 = map[pair] +0 ll
      lock *(u32 *)(r1 +8) += r2
      r0 = 0
      exit`,
  }),
});
