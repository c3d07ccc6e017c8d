import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const helperUnknown = defineRule({
  id: 'helper/unknown',
  errno: 'EINVAL',
  title: 'The kernel has the helper',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'this kernel has no helper number {helper}',
  suggestion: 'test for the helper with bpf_core_enum_value_exists(), or use an older one',
  examples: programs({
    bad: `
      call 10000
      exit`,
    good: `
      call bpf_get_prandom_u32
      exit`,
  }),
});
