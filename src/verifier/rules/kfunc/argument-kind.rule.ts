import { defineRule } from '../rule.ts';

export const kfuncArgumentKind = defineRule({
  id: 'kfunc/argument-kind',
  errno: 'EINVAL',
  title: 'kfuncs take numbers and pointers',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is of type {type}, which can not be passed',
  suggestion: 'call another kfunc',
  noExample: 'No kernel registers such a kfunc.',
});
