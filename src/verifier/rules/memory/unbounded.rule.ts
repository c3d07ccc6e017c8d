import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const unbounded = defineRule({
  id: 'memory/unbounded',
  errno: 'EACCES',
  title: 'Variable offsets are bounded',
  explanation: 'kernel/bpf/verifier.c, check_mem_region_access().',
  message: 'the offset of R{register} has no bound',
  suggestion: 'compare the index with the size of the memory first, and use it right after',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +0)
      r1 = map[pair] +0 ll
      r1 += r2
      r0 = *(u8 *)(r1 +0)
      exit`,
    good: `
      r2 = *(u32 *)(r1 +0)
      r1 = map[pair] +0 ll
      if r2 > 15 goto out
      r1 += r2
      r0 = *(u8 *)(r1 +0)
      out: r0 = 0
      exit`,
  }),
});
