import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrStoreImmediate = defineRule({
  id: 'kptr/store-immediate',
  errno: 'EACCES',
  title: 'The only constant that a kptr takes is NULL',
  explanation: 'kernel/bpf/verifier.c, check_map_kptr_access().',
  message: 'the constant {value} is stored to the kptr at offset {offset}',
  suggestion: 'store NULL or a pointer',
  examples: programs({
    bad: `
      r1 = map[objects] +0 ll
      *(u64 *)(r1 +8) = 1
      r0 = 0
      exit`,
    good: `
      r1 = map[objects] +0 ll
      *(u64 *)(r1 +8) = 0
      r0 = 0
      exit`,
  }),
});
