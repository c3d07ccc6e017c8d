import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const xchgNoKptr = defineRule({
  id: 'kptr/no-valid-kptr',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'bpf_kptr_xchg() gets a map whose values have valid kptrs',
  explanation:
    'A value type with any mistake in its kptrs has none; creating the map does not tell (kernel/bpf/btf.c, btf_parse_kptrs(); kernel/bpf/verifier.c, process_kptr_func()).',
  message: 'map {map} has no valid kptr: {why}',
  suggestion: '{help}',
  examples: programs({
    bad: `
      r1 = map[misaligned] +8 ll
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
