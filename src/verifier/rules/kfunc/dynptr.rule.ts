import { defineRule } from '../rule.ts';

export const kfuncDynptr = defineRule({
  id: 'kfunc/dynptr',
  errno: 'EINVAL',
  title: 'A kfunc gets a local dynamic pointer on the stack',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match(), v6.1.',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a local dynamic pointer',
  suggestion: 'make it with bpf_dynptr_from_mem(), and pass its address on the stack',
});
