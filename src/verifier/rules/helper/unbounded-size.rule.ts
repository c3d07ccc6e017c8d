import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const sizeUnbounded = defineRule({
  id: 'helper/unbounded-size',
  errno: 'EACCES',
  title: 'Sizes are bounded',
  explanation: 'BPF_MAX_VAR_SIZ (kernel/bpf/verifier.c, check_mem_size_reg()).',
  message: 'the size in R{register} has no bound',
  suggestion: 'compare it with the size of the buffer first, or mask it',
  examples: programs({
    bad: `
      r4 = *(u32 *)(r1 +0)
      r4 += 1
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
