import { defineRule } from '../rule.ts';

export const callbackNoInfo = defineRule({
  id: 'callback/func-info',
  errno: 'EINVAL',
  title: 'Callbacks need the BTF of the program',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: 'the address of a function is taken, and the program is loaded without func_info',
  suggestion: 'compile with -g, and load with the BTF',
});
