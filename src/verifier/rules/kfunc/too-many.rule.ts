import { defineRule } from '../rule.ts';

export const kfuncTooMany = defineRule({
  id: 'kfunc/too-many',
  errno: 'E2BIG',
  title: 'A program calls at most 256 different kfuncs',
  explanation: 'MAX_KFUNC_DESCS (kernel/bpf/verifier.c, add_kfunc_call()).',
  message: 'more than {limit} different kfuncs are called',
  suggestion: 'split the program',
  noExample: 'It takes more kfuncs than those of these kernels.',
});
