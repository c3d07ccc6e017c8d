import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const mapWriteForbidden = defineRule({
  id: 'map-access/write',
  errno: 'EACCES',
  title: 'Maps that programs may only read are not written',
  explanation: 'BPF_F_RDONLY_PROG (kernel/bpf/verifier.c, check_map_access_type() and record_func_map()).',
  message: 'map {map} may only be read by programs',
  suggestion: 'create it without BPF_F_RDONLY_PROG, or write another map',
  examples: programs({
    bad: `
      r1 = map[read_only] +0 ll
      *(u64 *)(r1 +0) = 1
      r0 = 0
      exit`,
    good: `
      r1 = map[pair] +0 ll
      *(u64 *)(r1 +0) = 1
      r0 = 0
      exit`,
  }),
});
