import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const returnType = defineRule({
  id: 'return/type',
  errno: 'EINVAL',
  title: 'Programs return a number',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: '{what} is returned, and it has to be a number',
  suggestion: 'return a number',
  examples: programs(
    {
      bad: `
      r0 = r1
      exit`,
      good: `
      r0 = 0
      exit`,
    },
    { progType: 'tracing', attachType: 24, attach: { kind: 'function', name: 'bpf_fentry_test1' } },
  ),
});
