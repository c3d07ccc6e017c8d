import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrVariableOffset = defineRule({
  id: 'kptr/variable-offset',
  errno: 'EACCES',
  title: 'kptrs are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'an access with a variable offset may touch the kptr at offset {offset}',
  suggestion: 'access the kptr by its name; keep arrays and kptrs apart in the value',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +0)
      r2 &= 8
      r1 = map[objects] +0 ll
      r1 += r2
      r2 = *(u64 *)(r1 +0)
      r0 = 0
      exit`,
    good: `
      r2 = *(u32 *)(r1 +0)
      r2 &= 8
      r1 = map[objects] +0 ll
      r1 += r2
      r2 = *(u64 *)(r1 +16)
      r0 = 0
      exit`,
  }),
});
