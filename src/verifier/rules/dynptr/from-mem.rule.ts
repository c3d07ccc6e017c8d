import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const dynptrFromMem = defineRule({
  id: 'dynptr/from-mem',
  errno: 'EACCES',
  title: 'bpf_dynptr_from_mem() takes a map value',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_dynptr_from_mem() gets {what}',
  suggestion: 'pass a pointer to a map value',
  examples: programs({
    bad: `
      r1 = r10
      r1 += -8
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -24
      call bpf_dynptr_from_mem
      r0 = 0
      exit`,
    good: `
      r1 = map[pair] +0 ll
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -24
      call bpf_dynptr_from_mem
      r0 = 0
      exit`,
  }),
});
