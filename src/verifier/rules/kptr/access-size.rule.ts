import { defineRule } from '../rule.ts';

export const kptrSize = defineRule({
  id: 'kptr/access-size',
  errno: 'EACCES',
  title: 'kptrs are accessed with eight bytes',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the kptr at offset {offset} is accessed with {size} bytes',
  suggestion: 'load and store the pointer as a whole',
});
