import { defineRule } from '../rule.ts';

export const dynptrUninitialized = defineRule({
  id: 'dynptr/uninitialized',
  errno: 'EINVAL',
  title: 'A dynamic pointer is made before it is used',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is no initialized {kind}',
  suggestion: 'make it with bpf_dynptr_from_mem() or bpf_ringbuf_reserve_dynptr(), on this path too',
});
