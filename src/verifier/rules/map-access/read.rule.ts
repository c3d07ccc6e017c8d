import { defineRule } from '../rule.ts';

export const mapReadForbidden = defineRule({
  id: 'map-access/read',
  errno: 'EACCES',
  title: 'Maps that programs may only write are not read',
  explanation: 'BPF_F_WRONLY_PROG (kernel/bpf/verifier.c, check_map_access_type()).',
  message: 'map {map} may only be written by programs',
  suggestion: 'create it without BPF_F_WRONLY_PROG, or read another map',
});
