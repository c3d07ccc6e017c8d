import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const modifiedPointer = defineRule({
  id: 'memory/modified-pointer',
  errno: 'EACCES',
  title: 'Some pointers are used as they are',
  explanation: 'kernel/bpf/verifier.c, __check_ptr_off_reg().',
  message: 'R{register} points to {what} and was moved by {offset}',
  suggestion: 'use the pointer without adding anything to it; keep the original in another register',
  examples: programs({
    bad: `
      r1 += 4
      r0 = *(u32 *)(r1 +0)
      exit`,
    good: `
      r0 = *(u32 *)(r1 +4)
      exit`,
  }),
});
