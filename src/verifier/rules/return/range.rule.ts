import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const returnValue = defineRule({
  id: 'return/range',
  errno: 'EINVAL',
  title: 'Programs return what their type allows',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: 'the program returns {value}; programs of type {progType} return {min} to {max}',
  suggestion: 'return a value that the program type allows',
  examples: programs(
    {
      bad: `
      r0 = 1
      exit`,
      good: `
      r0 = 0
      exit`,
    },
    { progType: 'tracing', attachType: 24, attach: { kind: 'function', name: 'bpf_fentry_test1' } },
  ),
});
