import { defineRule } from '../rule.ts';

export const xchgNeedsBtf = defineRule({
  id: 'kptr/map-without-btf',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'kptrs live in maps with BTF',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'map {map} was created without BTF, so it has no kptrs',
  suggestion: 'define the map with __type(value, …) and compile with -g',
});
