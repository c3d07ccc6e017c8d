import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const helperArgumentType = defineRule({
  id: 'helper/argument-type',
  errno: 'EACCES',
  title: 'Helpers get arguments of their types',
  explanation: 'kernel/bpf/verifier.c, check_reg_type().',
  message: 'argument {argument} of bpf_{helper}() is {what}; it takes {expected}',
  suggestion: 'pass {expected}',
  examples: programs({
    bad: `
      *(u32 *)(r10 -4) = 0
      r2 = r10
      r2 += -4
      r1 = 0
      call bpf_map_lookup_elem
      r0 = 0
      exit`,
    good: `
      *(u32 *)(r10 -4) = 0
      r2 = r10
      r2 += -4
      r1 = map[table] ll
      call bpf_map_lookup_elem
      r0 = 0
      exit`,
  }),
});
