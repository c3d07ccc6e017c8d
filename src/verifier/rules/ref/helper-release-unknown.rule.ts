import { defineRule } from '../rule.ts';

export const releaseUnknown = defineRule({
  id: 'ref/helper-release-unknown',
  errno: 'EINVAL',
  title: 'A reference is released where it is held',
  explanation:
    'From v6.0 on a callback may not release what its caller acquired (kernel/bpf/verifier.c, release_reference_state()).',
  message: 'bpf_{helper}() releases reference {reference}, which is not held here',
  suggestion: 'release it in the function that acquired it',
});
