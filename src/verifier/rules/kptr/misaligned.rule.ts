import { defineRule } from '../rule.ts';

export const kptrMisaligned = defineRule({
  id: 'kptr/misaligned',
  errno: 'EACCES',
  title: 'kptrs are accessed from their first byte',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the access at offset {at} touches the kptr at offset {offset}',
  suggestion: 'access the kptr as a whole',
});
