import { defineRule } from '../rule.ts';

export const helperMapType = defineRule({
  id: 'helper/map-type',
  errno: 'EINVAL',
  title: 'Helpers and map types go together',
  explanation: 'kernel/bpf/verifier.c, check_map_func_compatibility().',
  message: 'bpf_{helper}() is not for maps of type {type}',
  suggestion: 'use a helper for that map type, or another map',
});
