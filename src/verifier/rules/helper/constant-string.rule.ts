import { defineRule } from '../rule.ts';

export const constantString = defineRule({
  id: 'helper/constant-string',
  errno: 'EACCES',
  title: 'Format strings are constant',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is no constant string: {why}',
  suggestion: 'use a string literal, which lies in .rodata',
});
