import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const loadAbsContext = defineRule({
  id: 'load-abs/context',
  errno: 'EINVAL',
  title: 'R6 is the context for BPF_LD_ABS and BPF_LD_IND',
  explanation: 'kernel/bpf/verifier.c, check_ld_abs().',
  message: 'R6 is {what}, and has to be the context',
  suggestion: 'keep the context in R6',
  examples: programs({
    bad: `
      r6 = r10
      r0 = *(u32 *)skb[0]
      exit`,
    good: `
      r6 = r1
      r0 = *(u32 *)skb[0]
      exit`,
  }),
});
