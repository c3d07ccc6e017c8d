import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const noSuchRegister = defineRule({
  id: 'register/unknown',
  errno: 'EINVAL',
  title: 'Instructions name R0 to R10',
  explanation: 'There are no other registers (kernel/bpf/verifier.c, check_reg_arg()).',
  message: 'there is no register R{register}',
  suggestion: 'build the program anew: no compiler writes such an instruction',
  examples: programs({
    bad: `
      raw bfb0000000000000  // r0 = r11
      exit`,
    good: `
      r0 = r10
      r0 = 0
      exit`,
  }),
});
