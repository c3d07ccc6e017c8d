import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const pointerMayBeNull = defineRule({
  id: 'alu/pointer-may-be-null',
  errno: 'EACCES',
  title: 'Nothing is added to a pointer that may be NULL',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'R{register} is computed from {what}',
  suggestion: 'compare the pointer with NULL first',
  examples: programs({
    bad: `
      *(u32 *)(r10 -4) = 0
      r2 = r10
      r2 += -4
      r1 = map[table] ll
      call bpf_map_lookup_elem
      r0 += 8
      if r0 == 0 goto out
      out: r0 = 0
      exit`,
    good: `
      *(u32 *)(r10 -4) = 0
      r2 = r10
      r2 += -4
      r1 = map[table] ll
      call bpf_map_lookup_elem
      if r0 == 0 goto out
      r0 += 8
      out: r0 = 0
      exit`,
  }),
});
