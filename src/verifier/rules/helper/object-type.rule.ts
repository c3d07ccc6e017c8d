import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const helperObjectType = defineRule({
  id: 'helper/object-type',
  errno: 'EACCES',
  title: 'Helpers get objects of their types',
  explanation: 'kernel/bpf/verifier.c, check_reg_type().',
  message: 'argument {argument} of bpf_{helper}() is {what}; it takes a pointer to struct {expected}',
  suggestion: 'pass a pointer to struct {expected}',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r6 = r0
      r1 = r0
      call bpf_skc_to_tcp_sock
      r1 = r6
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    good: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      call bpf_skc_to_tcp_sock
      out: r0 = 0
      exit`,
  }),
});
