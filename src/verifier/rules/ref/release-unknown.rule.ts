import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const releaseUnknown = defineRule({
  id: 'ref/release-unknown',
  errno: 'EINVAL',
  kernels: { since: 'v6.0' },
  title: 'A reference is released where it is held',
  explanation:
    'From v6.0 on a callback may not release what its caller acquired (kernel/bpf/verifier.c, release_reference_state()).',
  message: '{function}() releases reference {reference}, which is not held here',
  suggestion: 'release it in the function that acquired it',
  examples: programs(
    {
      bad: `
      r1 = map[records] ll
      r2 = 8
      r3 = 0
      call bpf_ringbuf_reserve
      if r0 == 0 goto out
      *(u64 *)(r10 -8) = r0
      r1 = 1
      r2 = func callback ll
      r3 = r10
      r3 += -8
      r4 = 0
      call bpf_loop
      out: r0 = 0
      exit
      callback: r1 = *(u64 *)(r2 +0)
      r2 = 0
      call bpf_ringbuf_submit
      r0 = 0
      exit`,
      good: `
      r1 = map[records] ll
      r2 = 8
      r3 = 0
      call bpf_ringbuf_reserve
      if r0 == 0 goto out
      *(u64 *)(r10 -8) = r0
      r1 = 1
      r2 = func callback ll
      r3 = r10
      r3 += -8
      r4 = 0
      call bpf_loop
      r1 = *(u64 *)(r10 -8)
      r2 = 0
      call bpf_ringbuf_submit
      out: r0 = 0
      exit
      callback: r0 = 0
      exit`,
    },
    { kernel: 'v6.1', withTypes: true },
  ),
});
