import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const outOfBounds = defineRule({
  id: 'memory/out-of-bounds',
  errno: 'EACCES',
  title: 'Accesses stay in their memory',
  explanation: 'kernel/bpf/verifier.c, __check_mem_access().',
  message: '{size} bytes at offset {offset} of {what} reach beyond its {limit} bytes',
  suggestion: 'check the index, or the size of the type that is used',
  examples: programs({
    bad: `
      r1 = map[pair] +0 ll
      r0 = *(u64 *)(r1 +16)
      exit`,
    good: `
      r1 = map[pair] +0 ll
      r0 = *(u64 *)(r1 +8)
      exit`,
  }),
});
