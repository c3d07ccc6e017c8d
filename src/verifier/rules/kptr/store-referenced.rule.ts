import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrStoreReferenced = defineRule({
  id: 'kptr/store-referenced',
  errno: 'EACCES',
  title: 'Referenced kptrs are not stored to',
  explanation: 'The object that was there would never be released (kernel/bpf/verifier.c, check_map_kptr_access()).',
  message: 'the referenced kptr at offset {offset} is stored to',
  suggestion: 'use bpf_kptr_xchg(), and release what it returns',
  examples: programs({
    bad: `
      r1 = map[objects] +0 ll
      r2 = *(u64 *)(r1 +0)
      *(u64 *)(r1 +0) = r2
      r0 = 0
      exit`,
    good: `
      r1 = map[objects] +0 ll
      r2 = *(u64 *)(r1 +0)
      *(u64 *)(r1 +8) = r2
      r0 = 0
      exit`,
  }),
});
