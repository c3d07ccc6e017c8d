import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncEliminated = defineRule({
  id: 'kfunc/missing-is-called',
  errno: 'EINVAL',
  title: 'Calls of weak kfuncs that are missing are never reached',
  explanation: 'kernel/bpf/verifier.c, fixup_kfunc_call().',
  message: 'a weak kfunc that this kernel does not have is called',
  suggestion: 'test for it with bpf_ksym_exists(), and call it only where it exists',
  examples: programs({
    bad: `
      raw 8520000000000000  // a weak kfunc that is missing
      r0 = 0
      exit`,
    good: `
      r0 = 0
      if r0 == 0 goto out
      raw 8520000000000000  // a weak kfunc that is missing
      out: exit`,
  }),
});
