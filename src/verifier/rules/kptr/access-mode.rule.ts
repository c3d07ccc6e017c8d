import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrMode = defineRule({
  id: 'kptr/access-mode',
  errno: 'EACCES',
  title: 'kptrs take plain loads and stores alone',
  explanation: 'kernel/bpf/verifier.c, check_map_kptr_access().',
  message: 'an atomic operation touches the kptr at offset {offset}',
  suggestion: 'use bpf_kptr_xchg() on a referenced kptr',
  examples: programs({
    bad: `
      r1 = map[objects] +0 ll
      r2 = 1
      lock *(u64 *)(r1 +8) += r2
      r0 = 0
      exit`,
    good: `
      r1 = map[objects] +0 ll
      r2 = 1
      lock *(u64 *)(r1 +16) += r2
      r0 = 0
      exit`,
  }),
});
