import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const callTooDeep = defineRule({
  id: 'flow/call-depth',
  errno: 'E2BIG',
  title: 'Functions call each other at most eight deep',
  explanation: 'MAX_CALL_FRAMES (kernel/bpf/verifier.c, __check_func_call() and check_max_stack_depth()).',
  message: 'this call makes {frames} functions deep',
  suggestion: 'inline some of them; a function may not call itself',
  examples: programs({
    bad: `
      8 times: call next$; exit; next$:
      r0 = 0
      exit`,
    good: `
      7 times: call next$; exit; next$:
      r0 = 0
      exit`,
  }),
});
