import { defineRule } from '../rule.ts';

export const atomicSize = defineRule({
  id: 'atomic/size',
  errno: 'EINVAL',
  title: 'Atomic operations take four or eight bytes',
  explanation: 'kernel/bpf/verifier.c, check_atomic().',
  message: 'an atomic operation takes another size than four or eight bytes',
  suggestion: 'use a 32- or 64-bit variable',
});
