import { defineRule } from '../rule.ts';

export const releaseUnreferenced = defineRule({
  id: 'ref/helper-release-unreferenced',
  errno: 'EINVAL',
  title: 'Only what was acquired is released',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() holds no reference',
  suggestion: 'pass what was acquired, and not released before',
});
