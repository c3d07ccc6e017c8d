import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const bufferAccess = defineRule({
  id: 'memory/buffer-offset',
  errno: 'EACCES',
  title: 'Buffers are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, __check_buffer_access().',
  message: 'R{register} is used at an offset that is negative or not constant',
  suggestion: 'use constant offsets from the start of the buffer',
  examples: programs(
    {
      bad: `
      r1 = *(u64 *)(r1 +0)
      r0 = *(u64 *)(r1 -8)
      exit`,
      good: `
      r1 = *(u64 *)(r1 +0)
      r0 = *(u64 *)(r1 +8)
      exit`,
    },
    { progType: 'raw_tracepoint_writable' },
  ),
});
