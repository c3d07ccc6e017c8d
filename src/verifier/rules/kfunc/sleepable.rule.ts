import { defineRule } from '../rule.ts';

export const kfuncSleeps = defineRule({
  id: 'kfunc/sleepable',
  errno: 'EINVAL',
  title: 'kfuncs that may sleep are for sleepable programs',
  explanation: 'KF_SLEEPABLE (kernel/bpf/btf.c, btf_check_func_arg_match(), v6.1).',
  message: '{kfunc}() may sleep, and the program is not sleepable',
  suggestion: 'make the program sleepable (SEC("….s"))',
  kernels: { since: 'v6.1' },
  examples: {
    bad: {
      kernel: 'v6.1',
      progType: 'lsm',
      attachType: 27,
      attach: { kind: 'function', name: 'bpf_lsm_bpf' },
      code: `
      r1 = 1
      r2 = 0
      call bpf_lookup_user_key
      if r0 == 0 goto out
      r1 = r0
      call bpf_key_put
      out: r0 = 0
      exit`,
    },
    good: {
      kernel: 'v6.1',
      progType: 'lsm',
      attachType: 27,
      attach: { kind: 'function', name: 'bpf_lsm_bpf' },
      sleepable: true,
      code: `
      r1 = 1
      r2 = 0
      call bpf_lookup_user_key
      if r0 == 0 goto out
      r1 = r0
      call bpf_key_put
      out: r0 = 0
      exit`,
    },
  },
});
