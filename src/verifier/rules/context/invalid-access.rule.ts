import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const contextAccess = defineRule({
  id: 'context/invalid-access',
  errno: 'EACCES',
  title: 'The context is accessed field by field',
  explanation:
    'Each program type says which fields may be read and written, and with which size (is_valid_access() of its bpf_verifier_ops).',
  message: '{size} bytes at offset {offset} of the context of a program of type {progType} may not be {what}',
  suggestion: 'use the fields that the program type has, with their own size',
  examples: programs({
    bad: `
      r0 = *(u64 *)(r1 +0)
      exit`,
    good: `
      r0 = *(u32 *)(r1 +0)
      exit`,
  }),
});
