import { defineRule } from '../rule.ts';

export const graphRoot = defineRule({
  id: 'map/graph-root',
  errno: 'EINVAL',
  kernels: { since: 'v6.2' },
  title: 'Lists and trees in a value come with a spin lock, and with nodes that exist',
  explanation: 'kernel/bpf/btf.c, `btf_parse_fields()` and `btf_check_and_fixup_fields()`.',
  message: 'map {map} has a list or a tree in its value that the kernel does not take',
  suggestion: 'add a bpf_spin_lock to the value, and look at the types of the nodes',
  noExample: 'Programs of the kernels for which it holds are not modelled.',
});
