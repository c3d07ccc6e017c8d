import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const stackUninitialized = defineRule({
  id: 'stack/uninitialized',
  errno: 'EACCES',
  kernels: { until: 'v6.1' },
  title: 'Stack is written before it is read',
  explanation:
    'What a load or a helper reads of the stack must have been written on every path (kernel/bpf/verifier.c, check_stack_read_fixed_off() and check_stack_range_initialized()). From v6.1 on this holds only for programs that may not leak pointers.',
  message: 'byte {offset} of the stack is read, and was not written on this path',
  suggestion: 'initialize the variable where it is declared, with all its padding',
  examples: programs({
    bad: `
      *(u32 *)(r10 -8) = 0
      r0 = *(u64 *)(r10 -8)
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r0 = *(u64 *)(r10 -8)
      exit`,
  }),
});
