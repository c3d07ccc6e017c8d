import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const releaseUnreferenced = defineRule({
  id: 'ref/release-unreferenced',
  errno: 'EINVAL',
  title: 'What is released is what the program holds a reference of',
  explanation:
    'Of helpers kernel/bpf/verifier.c, check_func_arg(); of kfuncs kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: '{function}() releases what {argument} holds, and that is no reference',
  suggestion:
    'pass an object that was acquired and not yet released; a kptr that was only loaded has no reference: take it with bpf_kptr_xchg()',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = *(u64 *)(r0 +16)  // next
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
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
  }),
});
