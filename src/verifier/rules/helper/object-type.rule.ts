import { defineRule } from '../rule.ts';

export const helperObjectType = defineRule({
  id: 'helper/object-type',
  errno: 'EACCES',
  title: 'Helpers get objects of their types',
  explanation: 'kernel/bpf/verifier.c, check_reg_type().',
  message: 'argument {argument} of bpf_{helper}() is {what}; it takes a pointer to struct {expected}',
  suggestion: 'pass a pointer to struct {expected}',
});
