import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const notAddress = defineRule({
  id: 'memory/invalid-pointer',
  errno: 'EACCES',
  title: 'Only pointers that are known to be valid are dereferenced',
  explanation:
    'A number is no address; a pointer that may be NULL has to be compared with NULL first (kernel/bpf/verifier.c, check_mem_access()).',
  message: 'R{register} is {what}, and is used as an address',
  suggestion: '{help}',
  examples: programs({
    bad: `
      *(u32 *)(r10 -4) = 0
      r2 = r10
      r2 += -4
      r1 = map[table] ll
      call bpf_map_lookup_elem
      r1 = *(u64 *)(r0 +0)
      out: r0 = 0
      exit`,
    good: `
      *(u32 *)(r10 -4) = 0
      r2 = r10
      r2 += -4
      r1 = map[table] ll
      call bpf_map_lookup_elem
      if r0 == 0 goto out
      r1 = *(u64 *)(r0 +0)
      out: r0 = 0
      exit`,
  }),
});
