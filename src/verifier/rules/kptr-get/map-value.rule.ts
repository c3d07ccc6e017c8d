import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrGetMapValue = defineRule({
  id: 'kptr-get/map-value',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets the address of a kptr in a map value',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument 1 of {kfunc}() is {what}; it takes the address of a referenced kptr in a map value',
  suggestion: 'look the value up, compare it with NULL, and pass the address of the member',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
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
