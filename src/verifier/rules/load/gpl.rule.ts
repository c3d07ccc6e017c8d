import { defineRule } from '../rule.ts';

export const programGpl = defineRule({
  id: 'load/gpl',
  errno: 'EINVAL',
  title: 'Programs of struct_ops and LSM are compatible with the GPL',
  explanation: 'kernel/bpf/verifier.c, check_struct_ops_btf_id(); kernel/bpf/bpf_lsm.c, bpf_lsm_verify_prog().',
  message: 'programs of type {progType} have to be GPL compatible, and the license is {license}',
  suggestion: 'declare a GPL compatible license: char LICENSE[] SEC("license") = "GPL";',
  examples: {
    bad: {
      progType: 'lsm',
      attachType: 27,
      attach: { kind: 'function', name: 'bpf_lsm_bpf' },
      license: 'Proprietary',
      code: `
      r0 = 0
      exit`,
    },
    good: {
      progType: 'lsm',
      attachType: 27,
      attach: { kind: 'function', name: 'bpf_lsm_bpf' },
      code: `
      r0 = 0
      exit`,
    },
  },
});
