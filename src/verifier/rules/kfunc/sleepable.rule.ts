import { defineRule } from '../rule.ts';

export const kfuncSleeps = defineRule({
  id: 'kfunc/sleepable',
  errno: 'EINVAL',
  title: 'kfuncs that may sleep are for sleepable programs',
  explanation: 'KF_SLEEPABLE (kernel/bpf/btf.c, btf_check_func_arg_match(), v6.1).',
  message: '{kfunc}() may sleep, and the program is not sleepable',
  suggestion: 'make the program sleepable (SEC("….s"))',
  kernels: { since: 'v6.1' },
});
