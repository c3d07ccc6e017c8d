import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrGetType = defineRule({
  id: 'kptr-get/type',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a kptr of its type',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: '{kfunc}() takes a kptr to {expected}, and the one at offset {offset} points to struct {type}',
  suggestion: 'pass the address of a kptr to {expected}',
  examples: programs({
    bad: `
      r1 = map[members] +0 ll
      r2 = 0
      r3 = 0
      call bpf_kfunc_call_test_kptr_get
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    good: `
      r1 = map[objects] +0 ll
      r2 = 0
      r3 = 0
      call bpf_kfunc_call_test_kptr_get
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
  }),
});
