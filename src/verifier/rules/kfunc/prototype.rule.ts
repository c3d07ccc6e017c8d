import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncModel = defineRule({
  id: 'kfunc/prototype',
  errno: 'EINVAL',
  title: 'kfuncs have a prototype that can be called',
  explanation:
    'Up to twelve numbers and pointers, a number, a pointer or nothing in return (kernel/bpf/btf.c, btf_distill_func_proto()).',
  message: 'the prototype of {kfunc}() can not be called: {why}',
  suggestion: 'call another kfunc',
  examples: programs({
    bad: `
      r1 = 1
      call kfunc ns_to_timespec64  // returns a struct
      r0 = 0
      exit`,
    good: `
      call bpf_kfunc_call_test_pass_ctx
      r0 = 0
      exit`,
  }),
});
