import { defineRule } from '../rule.ts';

export const kfuncScalar = defineRule({
  id: 'kfunc/scalar-argument',
  errno: 'EINVAL',
  title: 'Numbers are passed where a kfunc takes numbers',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a number ({parameter})',
  suggestion: 'pass a number',
});
