import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const returnedPointer = defineRule({
  id: 'kfunc/returned-pointer',
  errno: 'EINVAL',
  title: 'A kfunc that is called returns no pointer but to a struct',
  explanation: 'Or, from v6.1 on, to memory whose size is an argument (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: '{kfunc}() returns a pointer to {type}',
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
      r2 = 0  // rdonly_buf_size: no buffer is returned
      call bpf_kfunc_call_test_get_rdonly_mem
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
      r2 = 4  // rdonly_buf_size
      call bpf_kfunc_call_test_get_rdonly_mem
      r1 = r6
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    },
    { kernel: 'v6.1' },
  ),
});
