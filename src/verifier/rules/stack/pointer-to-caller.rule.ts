import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const spillToCaller = defineRule({
  id: 'stack/pointer-to-caller',
  errno: 'EINVAL',
  title: 'No pointer to a stack is left in the stack of a caller',
  explanation: 'The frame is gone when the function returns (kernel/bpf/verifier.c, check_stack_write_fixed_off()).',
  message: 'a pointer to this stack goes to the stack of a caller',
  suggestion: 'keep the variable in the caller, and pass its address down',
  examples: programs({
    bad: `
      r1 = r10
      r1 += -8
      call other
      exit
      other: *(u64 *)(r1 +0) = r10
      r0 = 0
      exit`,
    good: `
      r1 = r10
      r1 += -8
      call other
      exit
      other: *(u64 *)(r1 +0) = 0
      r0 = 0
      exit`,
  }),
});
