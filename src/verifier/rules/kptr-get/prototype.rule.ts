import { defineRule } from '../rule.ts';

export const kptrGetPrototype = defineRule({
  id: 'kptr-get/prototype',
  errno: 'EINVAL',
  title: 'The first parameter of a kptr_get kfunc is a pointer to a pointer to a struct',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'the first parameter of {kfunc}() is {type}',
  suggestion: 'call another kfunc',
  noExample: 'No kernel registers such a kfunc.',
});
