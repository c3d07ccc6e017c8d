import { defineRule } from '../rule.ts';

export const callbackNoInfo = defineRule({
  id: 'callback/func-info',
  errno: 'EINVAL',
  title: 'Callbacks need the BTF of the program',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: 'the address of a function is taken, and the program is loaded without func_info',
  suggestion: 'compile with -g, and load with the BTF',
  examples: {
    bad: {
      code: `
      r1 = 4
      r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_loop
      r0 = 0
      exit
      callback: r0 = 0
      exit`,
    },
    good: {
      withTypes: true,
      code: `
      r1 = 4
      r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_loop
      r0 = 0
      exit
      callback: r0 = 0
      exit`,
    },
  },
});
