import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const globalPrototype = defineRule({
  id: 'subprogram/prototype',
  errno: 'EINVAL',
  title: 'Global functions take and return what can be checked',
  explanation:
    'Numbers, the context, and pointers to memory of known size; they return a number (kernel/bpf/btf.c, btf_prepare_func_args()).',
  message: 'the global function {function}() has a prototype that is not taken: {why}',
  suggestion: 'make the function static, or change its prototype',
  examples: programs(
    {
      bad: `
      r1 = 0
      call shared_opaque  // takes a pointer to a struct that is declared only
      exit
      shared_opaque: r0 = 0
      exit`,
      good: `
      r1 = 0
      call shared_pointer  // takes a pointer to a long
      exit
      shared_pointer: r0 = 0
      exit`,
    },
    { withTypes: true },
  ),
});
