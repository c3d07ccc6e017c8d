import { defineRule } from '../rule.ts';

export const loadAbsInFunction = defineRule({
  id: 'load/load-abs',
  errno: 'EINVAL',
  title: 'Functions with BPF_LD_ABS or BPF_LD_IND have BTF and return int',
  explanation: 'kernel/bpf/verifier.c, check_abnormal_return() and check_btf_func().',
  message: '{function}() has BPF_LD_ABS or BPF_LD_IND, and {why}',
  suggestion: 'use them in the main program',
  examples: {
    bad: {
      code: `
      call part
      r0 = 0
      exit
      part: r6 = r1
      r0 = *(u32 *)skb[0]
      exit`,
    },
    good: {
      withTypes: true,
      code: `
      call part
      r0 = 0
      exit
      part: r6 = r1
      r0 = *(u32 *)skb[0]
      exit`,
    },
  },
});
