import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const directValue = defineRule({
  id: 'load/direct-value',
  errno: 'EINVAL',
  title: 'Only values of arrays with one element are addressed directly',
  explanation: 'kernel/bpf/verifier.c, resolve_pseudo_ldimm64(); kernel/bpf/arraymap.c, array_map_direct_value_addr().',
  message: 'byte {offset} of the value of map {map} can not be addressed',
  suggestion: 'look the element up',
  examples: programs({
    bad: `
      r1 = map[table] +0 ll
      r0 = 0
      exit`,
    good: `
      r1 = map[pair] +0 ll
      r0 = 0
      exit`,
  }),
});
