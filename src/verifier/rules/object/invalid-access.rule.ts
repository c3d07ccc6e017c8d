import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const objectAccess = defineRule({
  id: 'object/invalid-access',
  errno: 'EACCES',
  title: 'Objects are read member by member',
  explanation: 'kernel/bpf/btf.c, btf_struct_walk().',
  message: '{size} bytes at offset {offset} of struct {type} may not be read: {why}',
  suggestion: 'read a member with its own size; with CO-RE relocations, if the struct changes between kernels',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r2 = *(u64 *)(r0 +0)  // two members of four bytes
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
