import { defineRule } from '../rule.ts';

export const kfuncTrusted = defineRule({
  id: 'kfunc/trusted-argument',
  errno: 'EINVAL',
  title: 'kfuncs with KF_TRUSTED_ARGS get what the program holds a reference of',
  explanation: 'In v6.0 and v6.1 (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}() is {what} without a reference',
  suggestion: 'pass an object that was acquired and not yet released',
});
