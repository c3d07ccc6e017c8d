import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const zeroSizedRead = defineRule({
  id: 'stack/zero-size',
  errno: 'EACCES',
  title: 'Helpers are given memory of at least one byte',
  explanation: 'kernel/bpf/verifier.c, check_stack_range_initialized().',
  message: 'the memory at R{register} may have no bytes',
  suggestion: 'make sure that the size is not 0',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r4 = *(u32 *)(r1 +0)
      r4 &= 7
      r2 = 0
      r3 = r10
      r3 += -8
      call bpf_skb_load_bytes
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r4 = *(u32 *)(r1 +0)
      r4 &= 7
      r4 += 1
      r2 = 0
      r3 = r10
      r3 += -8
      call bpf_skb_load_bytes
      exit`,
  }),
});
