import { defineRule } from '../rule.ts';

export const kptrGetMapValue = defineRule({
  id: 'kptr-get/map-value',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets the address of a kptr in a map value',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument 1 of {kfunc}() is {what}; it takes the address of a referenced kptr in a map value',
  suggestion: 'look the value up, compare it with NULL, and pass the address of the member',
});
