import { defineRule } from '../rule.ts';

export const kptrGetType = defineRule({
  id: 'kptr-get/type',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a kptr of its type',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: '{kfunc}() takes a kptr to {expected}, and the one at offset {offset} points to struct {type}',
  suggestion: 'pass the address of a kptr to {expected}',
});
