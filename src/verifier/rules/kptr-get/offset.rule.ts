import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrGetConstant = defineRule({
  id: 'kptr-get/offset',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a kptr at a constant offset',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'the offset of argument 1 of {kfunc}() into the map value is not constant',
  suggestion: 'pass the address of the member itself',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +0)
      r2 &= 8
      r1 = map[objects] +0 ll
      r1 += r2
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
