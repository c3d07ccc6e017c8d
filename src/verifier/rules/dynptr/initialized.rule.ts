import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const dynptrInitialized = defineRule({
  id: 'dynptr/initialized',
  errno: 'EINVAL',
  title: 'A dynamic pointer is made once',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is a dynamic pointer already',
  suggestion: 'use another variable',
  examples: programs({
    bad: `
      r1 = map[pair] +0 ll
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -16
      call bpf_dynptr_from_mem
      r1 = map[pair] +0 ll
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -16
      call bpf_dynptr_from_mem
      r0 = 0
      exit`,
    good: `
      r1 = map[pair] +0 ll
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -16
      call bpf_dynptr_from_mem
      r1 = map[pair] +0 ll
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -32
      call bpf_dynptr_from_mem
      r0 = 0
      exit`,
  }),
});
