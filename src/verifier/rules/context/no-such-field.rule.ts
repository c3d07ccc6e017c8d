import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const contextInconvertible = defineRule({
  id: 'context/no-such-field',
  errno: 'EINVAL',
  kernels: { until: 'v6.1' },
  title: 'An access of the context hits a field',
  explanation: 'The access passes the walk and can not be rewritten (kernel/bpf/verifier.c, convert_ctx_accesses()).',
  message: 'instruction {insn} accesses the context between fields',
  suggestion: 'use the fields that the program type has',
  examples: programs({
    bad: `
      r0 = *(u32 *)(r1 +172)  // the second half of sk
      exit`,
    good: `
      r0 = *(u32 *)(r1 +176)  // gso_size
      exit`,
  }),
});
