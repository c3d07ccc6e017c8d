import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kptrIndirect = defineRule({
  id: 'kptr/indirect-access',
  errno: 'EACCES',
  title: 'Helpers and kfuncs get no memory with a kptr in it',
  explanation: 'They could overwrite it (kernel/bpf/verifier.c, check_map_access()).',
  message: 'the memory at R{register} covers the kptr at offset {offset} of the map value',
  suggestion: 'pass a part of the value that ends before the kptr, or a copy on the stack',
  examples: programs({
    bad: `
      *(u32 *)(r10 -4) = 0
      r1 = map[table] ll
      r2 = r10
      r2 += -4
      r3 = map[objects] +0 ll
      r4 = 0
      call bpf_map_update_elem
      r0 = 0
      exit`,
    good: `
      *(u32 *)(r10 -4) = 0
      r1 = map[table] ll
      r2 = r10
      r2 += -4
      r3 = map[objects] +16 ll
      r4 = 0
      call bpf_map_update_elem
      r0 = 0
      exit`,
  }),
});
