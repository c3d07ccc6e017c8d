import { defineRule } from '../rule.ts';

export const unreachable = defineRule({
  id: 'flow/unreachable',
  errno: 'EINVAL',
  title: 'Every instruction can be reached',
  explanation: 'kernel/bpf/verifier.c, check_cfg().',
  message: 'no path leads to instruction {insn}',
  suggestion: 'remove it',
});
