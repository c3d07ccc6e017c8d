import { defineRule } from '../rule.ts';

export const acquireReturns = defineRule({
  id: 'kfunc/acquire-returns-pointer',
  errno: 'EINVAL',
  title: 'An acquire kfunc returns a pointer',
  explanation: 'From v6.1 on to a struct or union (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: '{kfunc}() acquires a reference and returns {type}',
  suggestion: 'call another kfunc',
});
