import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const functionInfo = defineRule({
  id: 'load/func-info',
  errno: 'EINVAL',
  title: 'func_info lists the functions of the program',
  explanation: 'kernel/bpf/verifier.c, check_btf_func().',
  message: 'func_info does not list the functions that the program has',
  suggestion: 'build the program anew, with -g',
  examples: programs(
    {
      bad: `
      r0 = 0
      goto part
      part: exit`,
      good: `
      call part
      exit
      part: r0 = 0
      exit`,
    },
    { withTypes: true },
  ),
});
