import { defineRule } from '../rule.ts';

export const returnRefused = defineRule({
  id: 'return/attach-type',
  errno: 'ENOTSUPP',
  title: 'The attach type is one whose return value is known',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: 'what programs of this attach type return is not known to the kernel',
  suggestion: 'set the attach type',
});
