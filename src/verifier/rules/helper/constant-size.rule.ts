import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const notConstantSize = defineRule({
  id: 'helper/constant-size',
  errno: 'EACCES',
  title: 'Allocations have a constant size',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the size in R{register} is not constant',
  suggestion: 'pass a constant, as sizeof gives it',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +0)
      r1 = map[records] ll
      r3 = 0
      call bpf_ringbuf_reserve
      if r0 == 0 goto out
      r1 = r0
      r2 = 0
      call bpf_ringbuf_discard
      out: r0 = 0
      exit`,
    good: `
      r2 = 8
      r1 = map[records] ll
      r3 = 0
      call bpf_ringbuf_reserve
      if r0 == 0 goto out
      r1 = r0
      r2 = 0
      call bpf_ringbuf_discard
      out: r0 = 0
      exit`,
  }),
});
