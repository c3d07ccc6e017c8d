import { defineRule } from '../rule.ts';

const setting = { kernel: 'v6.1', progType: 'lsm', attachType: 43 } as const;
const code = `
      r1 = 0
      call bpf_set_retval
      r0 = 1
      exit`;

export const setRetval = defineRule({
  id: 'helper/set-retval',
  errno: 'EINVAL',
  kernels: { since: 'v6.0' },
  title: 'Only hooks that return something have their return value set',
  explanation:
    'A program of a cgroup may be attached to an LSM hook that returns nothing, and has nothing to change there; ' +
    'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_set_retval() sets the return value of {hook}(), which returns nothing',
  suggestion: 'leave the call out, or attach to a hook that returns int',
  examples: {
    bad: { ...setting, attach: { kind: 'function', name: 'bpf_lsm_sk_free_security' }, code },
    good: { ...setting, attach: { kind: 'function', name: 'bpf_lsm_bpf' }, code },
  },
});
