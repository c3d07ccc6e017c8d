import { defineRule } from '../rule.ts';

export const kptrGetConstant = defineRule({
  id: 'kptr-get/offset',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a kptr at a constant offset',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'the offset of argument 1 of {kfunc}() into the map value is not constant',
  suggestion: 'pass the address of the member itself',
});
