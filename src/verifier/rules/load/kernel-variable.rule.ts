import { defineRule } from '../rule.ts';

export const kernelVariable = defineRule({
  id: 'load/kernel-variable',
  errno: 'ESRCH',
  title: 'The kernel has the variable',
  explanation: 'The loader finds it in the BTF of vmlinux; kernel/bpf/verifier.c, check_pseudo_btf_id().',
  message: 'there is no variable {variable} in the BTF of this kernel',
  suggestion: 'declare it __weak, and test for it',
  noExample: 'The loader refuses such a program before a kernel sees it.',
});
