import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const releaseMoved = defineRule({
  id: 'ref/release-moved',
  errno: 'EINVAL',
  title: 'What is released is passed as it was acquired',
  explanation:
    'So is, for kfuncs with KF_TRUSTED_ARGS of v6.0 and v6.1, every object (kernel/bpf/verifier.c, check_func_arg_reg_off()).',
  message: 'R{register} was moved by {offset} bytes',
  suggestion: 'pass the pointer without anything added to it',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = r0
      r1 += 8
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
  }),
});
