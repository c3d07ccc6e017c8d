import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const acquireReturns = defineRule({
  id: 'kfunc/acquire-returns-pointer',
  errno: 'EINVAL',
  title: 'An acquire kfunc returns a pointer',
  explanation: 'From v6.1 on to a struct or union (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: '{kfunc}() acquires a reference and returns {type}',
  suggestion: 'call another kfunc',
  examples: programs(
    {
      bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r6 = r0
      r1 = r6
      r2 = 4
      call bpf_kfunc_call_test_acq_rdonly_mem  // acquires, and returns int *
      r1 = r6
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
      good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r6 = r0
      r1 = r6
      r2 = 4
      call bpf_kfunc_call_test_get_rdonly_mem  // returns int *
      r1 = r6
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    },
    { kernel: 'v6.1' },
  ),
});
