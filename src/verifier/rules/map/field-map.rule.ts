import { defineRule } from '../rule.ts';

export const fieldMapType = defineRule({
  id: 'map/field-map',
  errno: 'EOPNOTSUPP',
  kernels: { since: 'v6.2' },
  title: 'Only some types of map have this kind of field in their values',
  explanation: 'kernel/bpf/syscall.c, `map_check_btf()`.',
  message: 'map {map}, a {type}, has a {field} in its value',
  suggestion: 'use a hash or an array',
  noExample: 'Programs of the kernels for which it holds are not modelled.',
});
