import { defineRule } from '../rule.ts';

export const kfuncMemorySize = defineRule({
  id: 'kfunc/memory-size',
  errno: 'EINVAL',
  title: 'The size of memory that a kfunc takes is known',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'the size of {type}, to which argument {argument} of {kfunc}() points, is not known',
  suggestion: 'call another kfunc',
  noExample: 'No kernel registers such a kfunc.',
});
