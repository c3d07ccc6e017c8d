import { defineRule } from '../rule.ts';

export const kfuncReleaseUnknown = defineRule({
  id: 'ref/kfunc-release-unknown',
  errno: 'EINVAL',
  title: 'A reference is released where it is held',
  explanation:
    'From v6.0 on a callback may not release what its caller acquired (kernel/bpf/verifier.c, release_reference_state()).',
  message: '{kfunc}() releases reference {reference}, which is not held here',
  suggestion: 'release it in the function that acquired it',
});
