import { defineRule } from '../rule.ts';

export const helperMisconfigured = defineRule({
  id: 'helper/no-map',
  errno: 'EACCES',
  title: 'The map comes before what is looked up in it',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'bpf_{helper}() gets no map to go with argument {argument}',
  suggestion: 'pass the address of a map',
  noExample: 'All helpers take the map before what is looked up in it.',
});
