import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const misaligned = defineRule({
  id: 'memory/misaligned',
  errno: 'EACCES',
  title: 'Stack accesses and atomic operations are aligned',
  explanation: 'So is, with BPF_F_STRICT_ALIGNMENT, every other access (kernel/bpf/verifier.c, check_ptr_alignment()).',
  message: 'R{register} is used at an offset that is no multiple of {size}',
  suggestion: 'align the access to its size',
  examples: programs({
    bad: `
      *(u32 *)(r10 -7) = 0
      r0 = 0
      exit`,
    good: `
      *(u32 *)(r10 -8) = 0
      r0 = 0
      exit`,
  }),
});
