import { defineRule } from './rule.ts';

export const loadAbsProgram = defineRule({
  id: 'load-abs/program-type',
  errno: 'EINVAL',
  title: 'BPF_LD_ABS and BPF_LD_IND are for programs that see a socket buffer',
  explanation: 'kernel/bpf/verifier.c, check_ld_abs() and may_access_skb().',
  message: 'programs of type {progType} have no BPF_LD_ABS and BPF_LD_IND',
  suggestion: 'use direct packet access',
});

export const loadAbsContext = defineRule({
  id: 'load-abs/context',
  errno: 'EINVAL',
  title: 'R6 is the context for BPF_LD_ABS and BPF_LD_IND',
  explanation: 'kernel/bpf/verifier.c, check_ld_abs().',
  message: 'R6 is {what}, and has to be the context',
  suggestion: 'keep the context in R6',
});

export const wideLoad = defineRule({
  id: 'insn/wide-load',
  errno: 'EINVAL',
  title: 'BPF_LD_IMM64 takes two slots',
  explanation: 'kernel/bpf/verifier.c, resolve_pseudo_ldimm64() and check_ld_imm().',
  message: 'this BPF_LD_IMM64 is not whole, or loads something that the kernel does not know',
  suggestion: 'build the program anew',
});
