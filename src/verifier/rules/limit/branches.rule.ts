import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const tooManyBranches = defineRule({
  id: 'limit/branches',
  errno: [
    { until: 'v6.12', errno: 'EFAULT' },
    { since: 'v6.12', errno: 'E2BIG' },
  ],
  title: 'At most 8,192 branches wait to be walked',
  explanation: 'BPF_COMPLEXITY_LIMIT_JMP_SEQ (kernel/bpf/verifier.c, push_stack()).',
  message: '{count} branches wait to be walked',
  suggestion: 'fewer conditions in a row on values that are not known',
  examples: programs({
    bad: `
      r0 = *(u32 *)(r1 +0)
      8193 times: if r0 == $ goto out
      out: r0 = 0
      exit`,
    good: `
      r0 = *(u32 *)(r1 +0)
      8000 times: if r0 == $ goto out
      out: r0 = 0
      exit`,
  }),
});
