import { defineRule } from '../rule.ts';

export const callbackReturnRange = defineRule({
  id: 'callback/return-range',
  errno: 'EINVAL',
  title: 'Callbacks return 0 or 1',
  explanation: 'kernel/bpf/verifier.c, prepare_func_exit().',
  message: 'the callback returns {value}',
  suggestion: 'return 0 to go on, 1 to stop',
});
