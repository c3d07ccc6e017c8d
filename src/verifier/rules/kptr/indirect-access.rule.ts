import { defineRule } from '../rule.ts';

export const kptrIndirect = defineRule({
  id: 'kptr/indirect-access',
  errno: 'EACCES',
  title: 'Helpers and kfuncs get no memory with a kptr in it',
  explanation: 'They could overwrite it (kernel/bpf/verifier.c, check_map_access()).',
  message: 'the memory at R{register} covers the kptr at offset {offset} of the map value',
  suggestion: 'pass a part of the value that ends before the kptr, or a copy on the stack',
});
