import { defineRule } from '../rule.ts';

export const helperArgumentType = defineRule({
  id: 'helper/argument-type',
  errno: 'EACCES',
  title: 'Helpers get arguments of their types',
  explanation: 'kernel/bpf/verifier.c, check_reg_type().',
  message: 'argument {argument} of bpf_{helper}() is {what}; it takes {expected}',
  suggestion: 'pass {expected}',
});
