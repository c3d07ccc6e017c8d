import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const loadAbsLeak = defineRule({
  id: 'ref/load-abs',
  errno: 'EINVAL',
  title: 'No reference is held at BPF_LD_ABS and BPF_LD_IND',
  explanation: 'They may end the program (kernel/bpf/verifier.c, check_ld_abs()).',
  message: '{what} acquired at instruction {acquired} is held where BPF_LD_ABS or BPF_LD_IND may end the program',
  suggestion: 'release it before, or use bpf_skb_load_bytes()',
  examples: programs({
    bad: `
      r6 = r1
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_acquire
      if r0 == 0 goto out
      r7 = r0
      r0 = *(u32 *)skb[0]
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
      r0 = *(u32 *)skb[0]
      out: r0 = 0
      exit`,
  }),
});
