import { defineRule } from '../rule.ts';

export const loadAbsProgram = defineRule({
  id: 'load-abs/program-type',
  errno: 'EINVAL',
  title: 'BPF_LD_ABS and BPF_LD_IND are for programs that see a socket buffer',
  explanation: 'kernel/bpf/verifier.c, check_ld_abs() and may_access_skb().',
  message: 'programs of type {progType} have no BPF_LD_ABS and BPF_LD_IND',
  suggestion: 'use direct packet access',
  examples: {
    bad: {
      progType: 'xdp',
      code: `
      r6 = r1
      r0 = *(u32 *)skb[0]
      exit`,
    },
    good: {
      code: `
      r6 = r1
      r0 = *(u32 *)skb[0]
      exit`,
    },
  },
});
