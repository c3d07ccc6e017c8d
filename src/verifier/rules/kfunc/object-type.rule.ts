import { defineRule } from '../rule.ts';

export const kfuncObjectType = defineRule({
  id: 'kfunc/object-type',
  errno: 'EINVAL',
  title: 'A kfunc gets objects of its types',
  explanation:
    'The same type of the same BTF, or a struct that begins with it; of an object that is released the very type (kernel/bpf/btf.c, btf_check_func_arg_match() and btf_struct_ids_match()).',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: 'pass a pointer to {expected}',
});
