import { defineRule } from '../rule.ts';

export const packetReadOnly = defineRule({
  id: 'packet/read-only',
  errno: 'EACCES',
  title: 'Only some program types may write packets',
  explanation: 'kernel/bpf/verifier.c, may_access_direct_pkt_data().',
  message: 'programs of type {progType} may not write to packets',
  suggestion: 'use a program type that may, or a helper',
  examples: {
    bad: {
      progType: 'flow_dissector',
      code: `
      r2 = *(u32 *)(r1 +76)  // data
      r3 = *(u32 *)(r1 +80)  // data_end
      r4 = r2
      r4 += 1
      if r4 > r3 goto out
      *(u8 *)(r2 +0) = 0
      out: r0 = 0
      exit`,
    },
    good: {
      code: `
      r2 = *(u32 *)(r1 +76)  // data
      r3 = *(u32 *)(r1 +80)  // data_end
      r4 = r2
      r4 += 1
      if r4 > r3 goto out
      *(u8 *)(r2 +0) = 0
      out: r0 = 0
      exit`,
    },
  },
});
