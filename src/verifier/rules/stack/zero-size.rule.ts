import { defineRule } from '../rule.ts';

export const zeroSizedRead = defineRule({
  id: 'stack/zero-size',
  errno: 'EACCES',
  title: 'Helpers are given memory of at least one byte',
  explanation: 'kernel/bpf/verifier.c, check_stack_range_initialized().',
  message: 'the memory at R{register} may have no bytes',
  suggestion: 'make sure that the size is not 0',
});
