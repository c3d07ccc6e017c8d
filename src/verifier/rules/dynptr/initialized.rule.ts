import { defineRule } from '../rule.ts';

export const dynptrInitialized = defineRule({
  id: 'dynptr/initialized',
  errno: 'EINVAL',
  title: 'A dynamic pointer is made once',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is a dynamic pointer already',
  suggestion: 'use another variable',
});
