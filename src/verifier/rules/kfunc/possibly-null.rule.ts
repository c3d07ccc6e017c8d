import { defineRule } from '../rule.ts';

export const kfuncPossiblyNull = defineRule({
  id: 'kfunc/possibly-null',
  errno: 'EACCES',
  title: 'trusted arguments of kfuncs are not NULL',
  explanation: 'check_kfunc_args(), kernel/bpf/verifier.c, since v6.2.',
  message: 'argument {argument} of {kfunc}() may not be NULL, and is {what}',
  suggestion: 'compare it with NULL first, and pass it in the branch where it is not',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
