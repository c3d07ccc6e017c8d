import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const pointerFixed = defineRule({
  id: 'alu/pointer-type',
  errno: 'EACCES',
  title: 'Some pointers are not moved',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'R{register} is computed from {what}, which may not be moved',
  suggestion: 'use the pointer as it is',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +80)  // data_end
      r2 += 1
      r0 = 0
      exit`,
    good: `
      r2 = *(u32 *)(r1 +76)  // data
      r2 += 1
      r0 = 0
      exit`,
  }),
});
