import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const objectNegative = defineRule({
  id: 'object/negative-offset',
  errno: 'EACCES',
  title: 'Objects are not accessed before their start',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'struct {type} is accessed at offset {offset}, before its start',
  suggestion: 'use a pointer to the struct itself',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r2 = *(u32 *)(r0 -4)
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
      r2 = *(u32 *)(r0 +4)
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
  }),
});
