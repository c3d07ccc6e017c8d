import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const xchgNotKptr = defineRule({
  id: 'kptr/not-a-kptr',
  errno: 'EACCES',
  title: 'bpf_kptr_xchg() gets the address of a kptr',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'there is no kptr at offset {offset} of the value of map {map}',
  suggestion: 'pass the address of a member that is tagged as a referenced kptr',
  examples: programs({
    bad: `
      r1 = map[objects] +16 ll
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
