import { defineRule } from '../rule.ts';

export const notConstantSize = defineRule({
  id: 'helper/constant-size',
  errno: 'EACCES',
  title: 'Allocations have a constant size',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the size in R{register} is not constant',
  suggestion: 'pass a constant, as sizeof gives it',
});
