import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const twoReferences = defineRule({
  id: 'ref/two-arguments',
  errno: 'EFAULT',
  title: 'A call gets at most one argument with a reference',
  explanation: 'kernel/bpf/verifier.c, check_func_arg(); kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'R{register} holds a reference, and an argument before it does as well',
  suggestion: 'pass one acquired object at a time',
  examples: programs({
    bad: `
      r1 = map[records] ll
      r2 = 8
      r3 = 0
      call bpf_ringbuf_reserve
      if r0 == 0 goto out
      r6 = r0
      r1 = map[records] ll
      r2 = 8
      r3 = 0
      call bpf_ringbuf_reserve
      if r0 == 0 goto one
      r7 = r0
      r1 = r6
      r2 = 8
      r3 = r7
      r4 = 8
      r5 = 0
      call bpf_csum_diff
      r1 = r7
      r2 = 0
      call bpf_ringbuf_discard
      one: r1 = r6
      r2 = 0
      call bpf_ringbuf_discard
      out: r0 = 0
      exit`,
    good: `
      r1 = map[records] ll
      r2 = 8
      r3 = 0
      call bpf_ringbuf_reserve
      if r0 == 0 goto out
      r6 = r0
      *(u64 *)(r10 -8) = 0
      r1 = r6
      r2 = 8
      r3 = r10
      r3 += -8
      r4 = 8
      r5 = 0
      call bpf_csum_diff
      r1 = r6
      r2 = 0
      call bpf_ringbuf_discard
      out: r0 = 0
      exit`,
  }),
});
