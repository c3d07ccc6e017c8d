import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrGetReferenced = defineRule({
  id: 'kptr-get/referenced',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a referenced kptr',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'at offset {offset} of the value of map {map} there is no referenced kptr',
  suggestion: 'pass the address of a member that is tagged as a referenced kptr',
  examples: programs({
    bad: `
      r1 = map[objects] +8 ll
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
