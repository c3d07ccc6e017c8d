import { defineRule } from '../rule.ts';

export const timerMismatch = defineRule({
  id: 'timer/map',
  errno: 'EINVAL',
  title: 'A timer is initialized with its own map',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the timer lies in another map than the one in argument {argument}',
  suggestion: 'pass the map that the timer lies in',
});
