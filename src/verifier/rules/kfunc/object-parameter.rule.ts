import { defineRule } from '../rule.ts';

export const kfuncObjectParameter = defineRule({
  id: 'kfunc/object-parameter',
  errno: 'EINVAL',
  title: 'Objects are passed where a kfunc takes objects',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: 'pass a pointer to {expected}',
});
