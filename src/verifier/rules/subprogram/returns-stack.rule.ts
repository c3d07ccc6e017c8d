import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const returnsStack = defineRule({
  id: 'subprogram/returns-stack',
  errno: 'EINVAL',
  title: 'Functions return no pointer to the stack',
  explanation: 'kernel/bpf/verifier.c, prepare_func_exit().',
  message: 'the function returns a pointer to the stack',
  suggestion: 'let the caller pass the address of a variable of its own',
  examples: programs({
    bad: `
      call other
      r0 = 0
      exit
      other: r0 = r10
      exit`,
    good: `
      call other
      r0 = 0
      exit
      other: r0 = 0
      exit`,
  }),
});
