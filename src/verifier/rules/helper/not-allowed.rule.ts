import { defineRule } from '../rule.ts';

export const helperNotAllowed = defineRule({
  id: 'helper/not-allowed',
  errno: 'EINVAL',
  title: 'Each program type has its helpers',
  explanation: 'get_func_proto() of its bpf_verifier_ops (kernel/bpf/verifier.c, check_helper_call()).',
  message: 'programs of type {progType} may not call bpf_{helper}()',
  suggestion: 'use another helper, or another program type',
  examples: {
    bad: {
      code: `
      r2 = 0
      call bpf_xdp_adjust_head
      r0 = 2
      exit`,
    },
    good: {
      progType: 'xdp',
      code: `
      r2 = 0
      call bpf_xdp_adjust_head
      r0 = 2
      exit`,
    },
  },
});
