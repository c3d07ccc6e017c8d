import { defineRule } from '../rule.ts';

export const helperSleeps = defineRule({
  id: 'helper/might-sleep',
  errno: 'EINVAL',
  kernels: { since: 'v6.2' },
  title: 'Helpers that may sleep are for sleepable programs',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_{helper}() may sleep, and the program is not sleepable',
  suggestion: 'make the program sleepable (SEC("….s"))',
  noExample: 'Up to v6.1 such helpers are not allowed to other programs at all.',
});
