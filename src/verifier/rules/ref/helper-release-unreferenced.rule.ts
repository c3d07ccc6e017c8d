import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const releaseUnreferenced = defineRule({
  id: 'ref/helper-release-unreferenced',
  errno: 'EINVAL',
  title: 'Only what was acquired is released',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() holds no reference',
  suggestion: 'pass what was acquired, and not released before',
  examples: programs({
    bad: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      call bpf_sk_fullsock
      if r0 == 0 goto out
      r1 = r0
      call bpf_sk_release
      out: r0 = 0
      exit`,
    good: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      call bpf_sk_fullsock
      out: r0 = 0
      exit`,
  }),
});
