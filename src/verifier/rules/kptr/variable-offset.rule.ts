import { defineRule } from '../rule.ts';

export const kptrVariableOffset = defineRule({
  id: 'kptr/variable-offset',
  errno: 'EACCES',
  title: 'kptrs are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'an access with a variable offset may touch the kptr at offset {offset}',
  suggestion: 'access the kptr by its name; keep arrays and kptrs apart in the value',
});
