import { defineRule } from '../rule.ts';

export const twoReferences = defineRule({
  id: 'ref/two-arguments',
  errno: 'EFAULT',
  title: 'A call gets at most one argument with a reference',
  explanation: 'kernel/bpf/verifier.c, check_func_arg(); kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'R{register} holds a reference, and an argument before it does as well',
  suggestion: 'pass one acquired object at a time',
});
