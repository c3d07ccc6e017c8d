import { defineRule } from '../rule.ts';

export const kptrStoreImmediate = defineRule({
  id: 'kptr/store-immediate',
  errno: 'EACCES',
  title: 'The only constant that a kptr takes is NULL',
  explanation: 'kernel/bpf/verifier.c, check_map_kptr_access().',
  message: 'the constant {value} is stored to the kptr at offset {offset}',
  suggestion: 'store NULL or a pointer',
});
