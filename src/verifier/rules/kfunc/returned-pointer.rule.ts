import { defineRule } from '../rule.ts';

export const returnedPointer = defineRule({
  id: 'kfunc/returned-pointer',
  errno: 'EINVAL',
  title: 'A kfunc that is called returns no pointer but to a struct',
  explanation: 'Or, from v6.1 on, to memory whose size is an argument (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: '{kfunc}() returns a pointer to {type}',
  suggestion: 'call another kfunc',
});
