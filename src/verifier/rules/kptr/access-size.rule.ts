import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrSize = defineRule({
  id: 'kptr/access-size',
  errno: 'EACCES',
  title: 'kptrs are accessed with eight bytes',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the kptr at offset {offset} is accessed with {size} bytes',
  suggestion: 'load and store the pointer as a whole',
  examples: programs({
    bad: `
      r1 = map[objects] +0 ll
      r2 = *(u32 *)(r1 +8)
      r0 = 0
      exit`,
    good: `
      r1 = map[objects] +0 ll
      r2 = *(u64 *)(r1 +8)
      r0 = 0
      exit`,
  }),
});
