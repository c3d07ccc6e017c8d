import { defineRule } from '../rule.ts';

export const unbounded = defineRule({
  id: 'memory/unbounded',
  errno: 'EACCES',
  title: 'Variable offsets are bounded',
  explanation: 'kernel/bpf/verifier.c, check_mem_region_access().',
  message: 'the offset of R{register} has no bound',
  suggestion: 'compare the index with the size of the memory first, and use it right after',
});
