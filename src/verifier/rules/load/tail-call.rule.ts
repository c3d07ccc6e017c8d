import { defineRule } from '../rule.ts';

export const tailCallInFunction = defineRule({
  id: 'load/tail-call',
  errno: 'EINVAL',
  title: 'Functions with a tail call have BTF and return int',
  explanation: 'kernel/bpf/verifier.c, check_abnormal_return() and check_btf_func().',
  message: '{function}() has a tail call, and {why}',
  suggestion: 'compile with -g, and let the function return int; or do tail calls in the main program',
  examples: {
    bad: {
      code: `
      call part
      r0 = 0
      exit
      part: r2 = map[progs] ll
      r3 = 0
      call bpf_tail_call
      r0 = 0
      exit`,
    },
    good: {
      withTypes: true,
      code: `
      call part
      r0 = 0
      exit
      part: r2 = map[progs] ll
      r3 = 0
      call bpf_tail_call
      r0 = 0
      exit`,
    },
  },
});
