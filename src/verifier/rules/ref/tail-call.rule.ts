import { defineRule } from '../rule.ts';

export const tailCallLeak = defineRule({
  id: 'ref/tail-call',
  errno: 'EINVAL',
  title: 'No reference is held at a tail call',
  explanation: 'Nobody would release it (kernel/bpf/verifier.c, check_helper_call()).',
  message: '{what} acquired at instruction {acquired} is held at a tail call',
  suggestion: 'release it before the tail call',
});
