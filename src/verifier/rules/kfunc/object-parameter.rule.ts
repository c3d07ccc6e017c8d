import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncObjectParameter = defineRule({
  id: 'kfunc/object-parameter',
  errno: 'EINVAL',
  title: 'Objects are passed where a kfunc takes objects',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: 'pass a pointer to {expected}',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r6 = r0
      r1 = r6
      r2 = 8
      call bpf_kfunc_call_test_mem_len_pass1  // takes void *
      r1 = r6
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      r2 = 8
      call bpf_kfunc_call_test_mem_len_pass1  // takes void *
      r0 = 0
      exit`,
  }),
});
