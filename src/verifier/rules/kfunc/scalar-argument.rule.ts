import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncScalar = defineRule({
  id: 'kfunc/scalar-argument',
  errno: 'EINVAL',
  title: 'Numbers are passed where a kfunc takes numbers',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a number ({parameter})',
  suggestion: 'pass a number',
  examples: programs({
    bad: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      call bpf_sk_fullsock
      if r0 == 0 goto out
      r1 = r0
      r2 = r10
      r3 = 0
      call bpf_kfunc_call_test2
      out: r0 = 0
      exit`,
    good: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      call bpf_sk_fullsock
      if r0 == 0 goto out
      r1 = r0
      r2 = 1
      r3 = 0
      call bpf_kfunc_call_test2
      out: r0 = 0
      exit`,
  }),
});
