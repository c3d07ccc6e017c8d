import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const helperMapType = defineRule({
  id: 'helper/map-type',
  errno: 'EINVAL',
  title: 'Helpers and map types go together',
  explanation: 'kernel/bpf/verifier.c, check_map_func_compatibility().',
  message: 'bpf_{helper}() is not for maps of type {type}',
  suggestion: 'use a helper for that map type, or another map',
  examples: programs({
    bad: `
      *(u64 *)(r10 -16) = 0
      *(u64 *)(r10 -8) = 0
      r1 = map[table] ll
      r2 = r10
      r2 += -16
      r3 = 0
      call bpf_map_push_elem
      exit`,
    good: `
      *(u64 *)(r10 -16) = 0
      *(u64 *)(r10 -8) = 0
      r1 = map[work] ll
      r2 = r10
      r2 += -16
      r3 = 0
      call bpf_map_push_elem
      exit`,
  }),
});
