import { defineRule } from '../rule.ts';

export const objectAccess = defineRule({
  id: 'object/invalid-access',
  errno: 'EACCES',
  title: 'Objects are read member by member',
  explanation: 'kernel/bpf/btf.c, btf_struct_walk().',
  message: '{size} bytes at offset {offset} of struct {type} may not be read: {why}',
  suggestion: 'read a member with its own size; with CO-RE relocations, if the struct changes between kernels',
});
