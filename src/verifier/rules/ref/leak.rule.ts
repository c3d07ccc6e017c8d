import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const leak = defineRule({
  id: 'ref/leak',
  errno: 'EINVAL',
  title: 'What is acquired is released on every path',
  explanation:
    'At the end of the program, and of a callback from v6.0 on, no reference may be held (kernel/bpf/verifier.c, check_reference_leak()).',
  message: '{what} acquired at instruction {acquired} is not released on this path',
  suggestion: 'release it before the program ends, or leave it in a map by bpf_kptr_xchg()',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
  }),
});
