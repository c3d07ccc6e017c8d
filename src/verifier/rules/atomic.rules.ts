import { defineRule } from './rule.ts';

export const atomicOperation = defineRule({
  id: 'atomic/operation',
  errno: 'EINVAL',
  title: 'The kernel knows every atomic operation',
  explanation: 'kernel/bpf/verifier.c, check_atomic().',
  message: 'there is no atomic operation {operation}',
  suggestion: 'compile for an older instruction set',
});

export const atomicSize = defineRule({
  id: 'atomic/size',
  errno: 'EINVAL',
  title: 'Atomic operations take four or eight bytes',
  explanation: 'kernel/bpf/verifier.c, check_atomic().',
  message: 'an atomic operation takes another size than four or eight bytes',
  suggestion: 'use a 32- or 64-bit variable',
});

export const atomicTarget = defineRule({
  id: 'atomic/target',
  errno: 'EACCES',
  title: 'Atomic operations work on maps, the stack and other memory of programs',
  explanation: 'kernel/bpf/verifier.c, check_atomic().',
  message: 'R{register} points to {what}, which takes no atomic operations',
  suggestion: 'use plain loads and stores, or a map value',
});
