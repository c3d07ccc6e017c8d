import { defineRule } from '../rule.ts';

export const callbackReturnType = defineRule({
  id: 'callback/return-type',
  errno: 'EACCES',
  title: 'Callbacks return a number',
  explanation: 'kernel/bpf/verifier.c, prepare_func_exit().',
  message: 'the callback returns {what}',
  suggestion: 'return 0 to go on, 1 to stop',
});
