import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const xchgNotReferenced = defineRule({
  id: 'kptr/xchg-unreferenced',
  errno: 'EACCES',
  title: 'bpf_kptr_xchg() is for referenced kptrs',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'the kptr at offset {offset} of the value of map {map} is an unreferenced one',
  suggestion: 'load and store unreferenced kptrs, or tag the member as a referenced kptr',
  examples: programs({
    bad: `
      r1 = map[objects] +8 ll
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
