import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const tailCallLeak = defineRule({
  id: 'ref/tail-call',
  errno: 'EINVAL',
  title: 'No reference is held at a tail call',
  explanation: 'Nobody would release it (kernel/bpf/verifier.c, check_helper_call()).',
  message: '{what} acquired at instruction {acquired} is held at a tail call',
  suggestion: 'release it before the tail call',
  examples: programs({
    bad: `
      r6 = r1
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r7 = r0
      r1 = r6
      r2 = map[progs] ll
      r3 = 0
      call bpf_tail_call
      r1 = r7
      call bpf_kfunc_call_test_release
      out: r0 = 0
      exit`,
    good: `
      r6 = r1
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r1 = r0
      call bpf_kfunc_call_test_release
      r1 = r6
      r2 = map[progs] ll
      r3 = 0
      call bpf_tail_call
      out: r0 = 0
      exit`,
  }),
});
