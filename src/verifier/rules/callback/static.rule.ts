import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callbackNotStatic = defineRule({
  id: 'callback/static',
  errno: 'EINVAL',
  title: 'Callbacks are static functions',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: '{function}() is not static, and its address is taken',
  suggestion: 'declare it static',
  examples: programs(
    {
      bad: `
      r1 = 4
      r2 = func shared ll  // a global function
      r3 = 0
      r4 = 0
      call bpf_loop
      r0 = 0
      exit
      shared: r0 = 0
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
    { withTypes: true },
  ),
});
