import { defineRule } from '../rule.ts';

export const stringWithoutEnd = defineRule({
  id: 'helper/string-end',
  errno: 'EINVAL',
  title: 'Strings end with a zero',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the string in argument {argument} of bpf_{helper}() has no end',
  suggestion: 'end it with a zero',
});
