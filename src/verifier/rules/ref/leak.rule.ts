import { defineRule } from '../rule.ts';

export const leak = defineRule({
  id: 'ref/leak',
  errno: 'EINVAL',
  title: 'What is acquired is released on every path',
  explanation:
    'At the end of the program, and of a callback from v6.0 on, no reference may be held (kernel/bpf/verifier.c, check_reference_leak()).',
  message: '{what} acquired at instruction {acquired} is not released on this path',
  suggestion: 'release it before the program ends, or leave it in a map by bpf_kptr_xchg()',
});
