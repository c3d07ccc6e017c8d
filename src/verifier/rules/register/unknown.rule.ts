import { defineRule } from '../rule.ts';

export const noSuchRegister = defineRule({
  id: 'register/unknown',
  errno: 'EINVAL',
  title: 'Instructions name R0 to R10',
  explanation: 'There are no other registers (kernel/bpf/verifier.c, check_reg_arg()).',
  message: 'there is no register R{register}',
  suggestion: 'build the program anew: no compiler writes such an instruction',
});
