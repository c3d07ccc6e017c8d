import { defineRule } from '../rule.ts';

export const kptrStoreType = defineRule({
  id: 'kptr/store-type',
  errno: 'EACCES',
  title: 'A kptr is given a pointer of its type',
  explanation: 'kernel/bpf/verifier.c, map_kptr_match_type().',
  message: 'the kptr at offset {offset} is a pointer to struct {type}, and R{register} is {what}',
  suggestion: 'store a pointer to struct {type}, or NULL',
});
