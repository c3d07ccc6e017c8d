import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrMisaligned = defineRule({
  id: 'kptr/misaligned',
  errno: 'EACCES',
  title: 'kptrs are accessed from their first byte',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the access at offset {at} touches the kptr at offset {offset}',
  suggestion: 'access the kptr as a whole',
  examples: programs({
    bad: `
      r1 = map[objects] +0 ll
      r2 = *(u64 *)(r1 +4)
      r0 = 0
      exit`,
    good: `
      r1 = map[objects] +0 ll
      r2 = *(u64 *)(r1 +0)
      r0 = 0
      exit`,
  }),
});
