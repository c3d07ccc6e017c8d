import { defineRule } from '../rule.ts';

export const mapObjectAccess = defineRule({
  id: 'object/map',
  errno: 'ENOTSUPP',
  title: "Of the kernel's own view of a map only some types can be read",
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_map_access().',
  message: 'maps of type {type} can not be read as objects',
  suggestion: 'look elements up in the map',
  noExample: 'These kernels show all types of map that programs can load.',
});
