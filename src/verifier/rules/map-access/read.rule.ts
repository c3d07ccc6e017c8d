import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const mapReadForbidden = defineRule({
  id: 'map-access/read',
  errno: 'EACCES',
  title: 'Maps that programs may only write are not read',
  explanation: 'BPF_F_WRONLY_PROG (kernel/bpf/verifier.c, check_map_access_type()).',
  message: 'map {map} may only be written by programs',
  suggestion: 'create it without BPF_F_WRONLY_PROG, or read another map',
  examples: programs({
    bad: `
      r1 = map[write_only] +0 ll
      r0 = *(u64 *)(r1 +0)
      exit`,
    good: `
      r1 = map[pair] +0 ll
      r0 = *(u64 *)(r1 +0)
      exit`,
  }),
});
