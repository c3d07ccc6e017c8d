import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callbackMain = defineRule({
  id: 'callback/main',
  errno: 'EINVAL',
  kernels: { since: 'v6.1' },
  title: 'The main program is no callback',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: 'the address of the main program is taken',
  suggestion: 'use a function of its own for the callback',
  examples: programs(
    {
      bad: `
      callback: r1 = 4
      r2 = func callback ll
      r3 = 0
      r4 = 0
      call bpf_loop
      r0 = 0
      exit`,
      good: `
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
    { kernel: 'v6.1', withTypes: true },
  ),
});
