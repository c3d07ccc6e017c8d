import { defineRule } from '../rule.ts';

export const callbackNotStatic = defineRule({
  id: 'callback/static',
  errno: 'EINVAL',
  title: 'Callbacks are static functions',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: '{function}() is not static, and its address is taken',
  suggestion: 'declare it static',
});
