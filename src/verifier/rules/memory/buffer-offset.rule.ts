import { defineRule } from '../rule.ts';

export const bufferAccess = defineRule({
  id: 'memory/buffer-offset',
  errno: 'EACCES',
  title: 'Buffers are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, __check_buffer_access().',
  message: 'R{register} is used at an offset that is negative or not constant',
  suggestion: 'use constant offsets from the start of the buffer',
});
