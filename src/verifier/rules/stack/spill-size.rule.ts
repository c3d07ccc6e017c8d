import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const spillSize = defineRule({
  id: 'stack/spill-size',
  errno: 'EACCES',
  title: 'Pointers go to the stack and come back whole',
  explanation: 'kernel/bpf/verifier.c, check_stack_write_fixed_off() and check_stack_read_fixed_off().',
  message: 'a pointer is {what} the stack with {size} bytes in place of 8',
  suggestion: 'move pointers as 64-bit values',
  examples: programs({
    bad: `
      *(u32 *)(r10 -8) = r1
      r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -8) = r1
      r0 = 0
      exit`,
  }),
});
