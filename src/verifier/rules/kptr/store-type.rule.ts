import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrStoreType = defineRule({
  id: 'kptr/store-type',
  errno: 'EACCES',
  title: 'A kptr is given a pointer of its type',
  explanation: 'kernel/bpf/verifier.c, map_kptr_match_type().',
  message: 'the kptr at offset {offset} is a pointer to struct {type}, and R{register} is {what}',
  suggestion: 'store a pointer to struct {type}, or NULL',
  examples: programs({
    bad: `
      r1 = map[objects] +0 ll
      *(u64 *)(r1 +8) = r10
      r0 = 0
      exit`,
    good: `
      r1 = map[objects] +0 ll
      r2 = *(u64 *)(r1 +8)
      *(u64 *)(r1 +8) = r2
      r0 = 0
      exit`,
  }),
});
