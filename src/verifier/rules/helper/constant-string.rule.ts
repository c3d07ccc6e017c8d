import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const constantString = defineRule({
  id: 'helper/constant-string',
  errno: 'EACCES',
  title: 'Format strings are constant',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is no constant string: {why}',
  suggestion: 'use a string literal, which lies in .rodata',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      r2 = 8
      r3 = map[bytes] +0 ll
      call bpf_strncmp
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      r2 = 8
      r3 = map[format] +0 ll
      call bpf_strncmp
      exit`,
  }),
});
