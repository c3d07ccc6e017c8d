import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const dynptrUninitialized = defineRule({
  id: 'dynptr/uninitialized',
  errno: 'EINVAL',
  title: 'A dynamic pointer is made before it is used',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is no initialized {kind}',
  suggestion: 'make it with bpf_dynptr_from_mem() or bpf_ringbuf_reserve_dynptr(), on this path too',
  examples: programs({
    bad: `
      r1 = r10
      r1 += -16
      r2 = 0
      r3 = 8
      call bpf_dynptr_data
      r0 = 0
      exit`,
    good: `
      r1 = map[pair] +0 ll
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -16
      call bpf_dynptr_from_mem
      r1 = r10
      r1 += -16
      r2 = 0
      r3 = 8
      call bpf_dynptr_data
      r0 = 0
      exit`,
  }),
});
