import { defineRule } from '../rule.ts';

export const callbackMain = defineRule({
  id: 'callback/main',
  errno: 'EINVAL',
  title: 'The main program is no callback',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: 'the address of the main program is taken',
  suggestion: 'use a function of its own for the callback',
});
