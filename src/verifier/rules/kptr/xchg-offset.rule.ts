import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const xchgConstantOffset = defineRule({
  id: 'kptr/xchg-offset',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'bpf_kptr_xchg() gets a kptr at a constant offset',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'the offset of R{register} into the map value is not constant',
  suggestion: 'pass the address of the member itself',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +0)
      r2 &= 8
      r1 = map[objects] +0 ll
      r1 += r2
      r2 = 0
      call bpf_kptr_xchg
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    good: `
      r1 = map[objects] +0 ll
      r2 = 0
      call bpf_kptr_xchg
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
  }),
});
