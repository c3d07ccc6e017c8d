import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const readOnlyMemory = defineRule({
  id: 'memory/read-only',
  errno: 'EACCES',
  title: 'Read-only memory is not written',
  explanation: 'kernel/bpf/verifier.c, check_mem_access() and check_helper_mem_access().',
  message: 'R{register} points to {what}, which may not be written',
  suggestion: 'copy it to the stack or to a map and change it there',
  examples: programs({
    bad: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      r2 = 0
      *(u32 *)(r1 +4) = r2
      out: r0 = 0
      exit`,
    good: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      r2 = *(u32 *)(r1 +4)
      out: r0 = 0
      exit`,
  }),
});
