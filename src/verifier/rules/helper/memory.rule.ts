import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const helperMemoryType = defineRule({
  id: 'helper/memory',
  errno: 'EACCES',
  title: 'What is taken for memory is memory',
  explanation: 'kernel/bpf/verifier.c, check_helper_mem_access().',
  message: 'R{register} is {what}, and is taken for memory of {size} bytes',
  suggestion: 'pass the address of a variable on the stack, a map value or other memory',
  examples: programs({
    bad: `
      r1 = 0
      r2 = 4
      r3 = 0
      r4 = 0
      r5 = 0
      call bpf_csum_diff
      exit`,
    good: `
      r1 = 0
      r2 = 0
      r3 = 0
      r4 = 0
      r5 = 0
      call bpf_csum_diff
      exit`,
  }),
});
