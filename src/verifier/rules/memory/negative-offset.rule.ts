import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const minimumNegative = defineRule({
  id: 'memory/negative-offset',
  errno: 'EACCES',
  title: 'Variable offsets are not negative',
  explanation: 'kernel/bpf/verifier.c, check_mem_region_access(), check_packet_access() and check_sock_access().',
  message: 'the offset of R{register} may be negative',
  suggestion: 'use an unsigned index, or compare it with 0 first',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +0)
      r2 &= 8
      r2 += -8
      r1 = map[pair] +0 ll
      r1 += r2
      r0 = *(u64 *)(r1 +0)
      exit`,
    good: `
      r2 = *(u32 *)(r1 +0)
      r2 &= 8
      r1 = map[pair] +0 ll
      r1 += r2
      r0 = *(u64 *)(r1 +0)
      exit`,
  }),
});
