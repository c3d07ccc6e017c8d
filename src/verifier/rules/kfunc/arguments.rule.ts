import { defineRule } from '../rule.ts';

export const kfuncTooManyArguments = defineRule({
  id: 'kfunc/arguments',
  errno: 'EINVAL',
  title: 'A kfunc that is called has at most five arguments',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: '{kfunc}() has {count} arguments',
  suggestion: 'call another kfunc',
  noExample: 'No kernel registers such a kfunc.',
});
