import { defineRule } from '../rule.ts';

export const helperGpl = defineRule({
  id: 'helper/gpl-only',
  errno: 'EINVAL',
  title: 'Some helpers are for GPL compatible programs',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_{helper}() is for GPL compatible programs, and the license is {license}',
  suggestion: 'declare a GPL compatible license: char LICENSE[] SEC("license") = "GPL";',
  examples: {
    bad: {
      license: 'Proprietary',
      code: `
      r1 = r10
      r1 += -8
      r2 = 8
      r3 = 0
      call bpf_probe_read_kernel
      r0 = 0
      exit`,
    },
    good: {
      code: `
      r1 = r10
      r1 += -8
      r2 = 8
      r3 = 0
      call bpf_probe_read_kernel
      r0 = 0
      exit`,
    },
  },
});
