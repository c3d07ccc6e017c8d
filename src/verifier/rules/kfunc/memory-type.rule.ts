import { defineRule } from '../rule.ts';

export const kfuncMemoryType = defineRule({
  id: 'kfunc/memory-type',
  errno: 'EINVAL',
  title: 'What is no object is passed where a kfunc takes memory of numbers',
  explanation:
    'The parameter points to a number, to a struct of numbers nested at most four deep, or, with a size behind it, to void (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: '{help}',
});
