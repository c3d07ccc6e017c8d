import { defineRule } from '../rule.ts';

export const tooManyFunctions = defineRule({
  id: 'flow/functions',
  errno: 'E2BIG',
  title: 'A program has at most 256 functions',
  explanation: 'BPF_MAX_SUBPROGS (kernel/bpf/verifier.c, add_subprog()).',
  message: 'there are more than {limit} functions',
  suggestion: 'inline some of them',
});
