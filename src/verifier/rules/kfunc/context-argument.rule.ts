import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncContext = defineRule({
  id: 'kfunc/context-argument',
  errno: 'EINVAL',
  title: 'The context is passed where a kfunc takes it',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is {what}; it takes the context',
  suggestion: 'pass the context as the program got it',
  examples: programs({
    bad: `
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_pass_ctx
      r0 = 0
      exit`,
    good: `
      call bpf_kfunc_call_test_pass_ctx
      r0 = 0
      exit`,
  }),
});
