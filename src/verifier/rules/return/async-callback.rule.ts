import { defineRule } from '../rule.ts';

export const asyncReturn = defineRule({
  id: 'return/async-callback',
  errno: 'EINVAL',
  title: 'Callbacks of timers return 0',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: 'the callback of a timer returns {value}',
  suggestion: 'return 0',
});
