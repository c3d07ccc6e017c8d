import { defineRule } from '../rule.ts';

export const fieldMapType = defineRule({
  id: 'map/field-map',
  errno: 'EOPNOTSUPP',
  title: 'Only some types of map have this kind of field in their values',
  explanation: 'kernel/bpf/syscall.c, `map_check_btf()`.',
  message: 'map {map}, a {type}, has a {field} in its value',
  suggestion: 'use a hash or an array',
});
