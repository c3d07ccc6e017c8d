import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const objectReadOnly = defineRule({
  id: 'object/read-only',
  errno: 'EACCES',
  title: 'Objects of the kernel are read only',
  explanation:
    'But for the members that a program type may write, as TCP congestion control may (kernel/bpf/verifier.c, check_ptr_to_btf_access()).',
  message: 'struct {type} is written at offset {offset}',
  suggestion: 'use a kfunc or a helper that changes it',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r2 = 1
      *(u32 *)(r0 +0) = r2
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r2 = *(u32 *)(r0 +0)
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
  }),
});
