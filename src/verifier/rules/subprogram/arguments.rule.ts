import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const globalArguments = defineRule({
  id: 'subprogram/arguments',
  errno: 'EINVAL',
  title: 'Global functions get arguments that fit their prototype',
  explanation: 'They are walked alone, for all such arguments (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {function}() does not fit its prototype: {why}',
  suggestion: 'pass what the prototype says, or make the function static',
  examples: programs(
    {
      bad: `
      call shared  // takes an int
      exit
      shared: r0 = 0
      exit`,
      good: `
      r1 = 1
      call shared  // takes an int
      exit
      shared: r0 = 0
      exit`,
    },
    { withTypes: true },
  ),
});
