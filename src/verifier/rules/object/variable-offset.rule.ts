import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const objectVariable = defineRule({
  id: 'object/variable-offset',
  errno: 'EACCES',
  title: 'Objects are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'struct {type} is accessed at a variable offset',
  suggestion: 'read it with bpf_probe_read_kernel() if the offset has to vary',
  examples: programs({
    bad: `
      r7 = *(u32 *)(r1 +0)
      r7 &= 4
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = r0
      r0 += r7
      r2 = *(u32 *)(r0 +0)
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = r0
      r0 += 4
      r2 = *(u32 *)(r0 +0)
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
  }),
});
