import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const stringWithoutEnd = defineRule({
  id: 'helper/string-end',
  errno: 'EINVAL',
  title: 'Strings end with a zero',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the string in argument {argument} of bpf_{helper}() has no end',
  suggestion: 'end it with a zero',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      r2 = 8
      r3 = map[format_unended] +0 ll
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
