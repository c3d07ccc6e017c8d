import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncTrusted = defineRule({
  id: 'kfunc/trusted-argument',
  errno: 'EINVAL',
  kernels: { since: 'v6.0' },
  title: 'kfuncs with KF_TRUSTED_ARGS get what the program holds a reference of',
  explanation: 'In v6.0 and v6.1 (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}() is {what} without a reference',
  suggestion: 'pass an object that was acquired and not yet released',
  examples: programs(
    {
      bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r6 = r0
      r1 = *(u64 *)(r6 +16)  // next
      call bpf_kfunc_call_test_ref
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
      call bpf_kfunc_call_test_ref
      r1 = r6
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    },
    { kernel: 'v6.1' },
  ),
});
