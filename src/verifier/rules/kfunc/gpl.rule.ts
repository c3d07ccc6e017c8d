import { defineRule } from '../rule.ts';

export const kfuncWithoutGpl = defineRule({
  id: 'kfunc/gpl',
  errno: 'EINVAL',
  title: 'kfuncs are for GPL compatible programs',
  explanation: 'kernel/bpf/verifier.c, add_kfunc_call().',
  message: 'the program calls {kfunc}(), and its license is {license}',
  suggestion: 'declare a GPL compatible license: char LICENSE[] SEC("license") = "GPL";',
  examples: {
    bad: {
      license: 'Proprietary',
      code: `
      call bpf_kfunc_call_test_pass_ctx
      r0 = 0
      exit`,
    },
    good: {
      code: `
      call bpf_kfunc_call_test_pass_ctx
      r0 = 0
      exit`,
    },
  },
});
