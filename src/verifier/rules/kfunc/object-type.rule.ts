import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncObjectType = defineRule({
  id: 'kfunc/object-type',
  errno: 'EINVAL',
  title: 'A kfunc gets objects of its types',
  explanation:
    'The same type of the same BTF, or a struct that begins with it; of an object that is released the very type (kernel/bpf/btf.c, btf_check_func_arg_match() and btf_struct_ids_match()).',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: 'pass a pointer to {expected}',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_memb_release  // takes struct prog_test_member *
      out: r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_test_release  // takes struct prog_test_ref_kfunc *
      out: r0 = 0
      exit`,
  }),
});
