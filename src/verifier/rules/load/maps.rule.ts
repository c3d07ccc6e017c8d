import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const tooManyMaps = defineRule({
  id: 'load/maps',
  errno: 'E2BIG',
  title: 'A program uses at most 64 maps',
  explanation: 'MAX_USED_MAPS (kernel/bpf/verifier.c, resolve_pseudo_ldimm64()).',
  message: 'more than {limit} maps are used',
  suggestion: 'split the program, or put maps into a map of maps',
  examples: programs({
    bad: `
      65 times: r1 = map[pair$] ll
      r0 = 0
      exit`,
    good: `
      64 times: r1 = map[pair$] ll
      r0 = 0
      exit`,
  }),
});
