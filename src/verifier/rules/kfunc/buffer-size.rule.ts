import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncBufferSizes = defineRule({
  id: 'kfunc/buffer-size',
  errno: 'EINVAL',
  kernels: { since: 'v6.1' },
  title: 'The size of what a kfunc returns is one constant argument',
  explanation: 'Parameters named rdonly_buf_size and rdwr_buf_size (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}(), {parameter}, {why}',
  suggestion: 'pass a constant',
  examples: programs(
    {
      bad: `
      r7 = *(u32 *)(r1 +0)
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r6 = r0
      r1 = r6
      r2 = r7  // rdonly_buf_size
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
