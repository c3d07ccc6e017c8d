import { defineRule } from '../rule.ts';

export const kfuncSleepsLater = defineRule({
  id: 'kfunc/sleepable-program',
  errno: 'EACCES',
  title: 'kfuncs that may sleep are for sleepable programs',
  explanation:
    'KF_SLEEPABLE: check_kfunc_call(), kernel/bpf/verifier.c, since v6.2, before the arguments are looked at.',
  message: '{kfunc}() may sleep, and the program is not sleepable',
  suggestion: 'make the program sleepable (SEC("….s"))',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
