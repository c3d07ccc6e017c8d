import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const xchgNeedsBtf = defineRule({
  id: 'kptr/map-without-btf',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'kptrs live in maps with BTF',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'map {map} was created without BTF, so it has no kptrs',
  suggestion: 'define the map with __type(value, …) and compile with -g',
  examples: programs({
    bad: `
      r1 = map[bytes] +0 ll
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
