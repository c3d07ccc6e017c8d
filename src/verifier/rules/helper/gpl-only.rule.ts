import { defineRule } from '../rule.ts';

export const helperGpl = defineRule({
  id: 'helper/gpl-only',
  errno: 'EINVAL',
  title: 'Some helpers are for GPL compatible programs',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_{helper}() is for GPL compatible programs, and the license is {license}',
  suggestion: 'declare a GPL compatible license: char LICENSE[] SEC("license") = "GPL";',
});
