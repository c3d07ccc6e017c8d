import { defineRule } from '../rule.ts';

export const kptrGetReferenced = defineRule({
  id: 'kptr-get/referenced',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a referenced kptr',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'at offset {offset} of the value of map {map} there is no referenced kptr',
  suggestion: 'pass the address of a member that is tagged as a referenced kptr',
});
