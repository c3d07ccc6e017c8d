import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const helperPacket = defineRule({
  id: 'helper/packet-argument',
  errno: 'EACCES',
  title: 'Few helpers take packet memory',
  explanation: 'kernel/bpf/verifier.c, check_func_arg() and may_access_direct_pkt_data().',
  message: 'argument {argument} of bpf_{helper}() points into the packet',
  suggestion: 'copy the data to the stack first',
  examples: programs({
    bad: `
      r3 = *(u32 *)(r1 +76)  // data
      r2 = 0
      r4 = 8
      call bpf_skb_load_bytes
      exit`,
    good: `
      r3 = r10
      r3 += -8
      r2 = 0
      r4 = 8
      call bpf_skb_load_bytes
      exit`,
  }),
});
