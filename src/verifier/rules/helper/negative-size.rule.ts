import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const sizeNegative = defineRule({
  id: 'helper/negative-size',
  errno: 'EACCES',
  title: 'Sizes are not negative',
  explanation: 'kernel/bpf/verifier.c, check_mem_size_reg().',
  message: 'the size in R{register} may be negative',
  suggestion: 'use an unsigned variable, or mask it: size &= 0xff',
  examples: programs({
    bad: `
      r2 = 0
      r3 = r10
      r3 += -8
      r4 = -1
      call bpf_skb_load_bytes
      exit`,
    good: `
      r2 = 0
      r3 = r10
      r3 += -8
      r4 = 8
      call bpf_skb_load_bytes
      exit`,
  }),
});
