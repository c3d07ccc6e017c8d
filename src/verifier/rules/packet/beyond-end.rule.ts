import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const beyondPacket = defineRule({
  id: 'packet/beyond-end',
  errno: 'EINVAL',
  title: 'Nothing is accessed at or behind the end of a packet',
  explanation: 'kernel/bpf/verifier.c, check_packet_access().',
  message: 'R{register} is known to lie at or behind the end of the packet',
  suggestion: 'access the packet in the other branch of the comparison with data_end',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +76)  // data
      r3 = *(u32 *)(r1 +80)  // data_end
      r2 += 8
      if r2 > r3 goto beyond
      r0 = 0
      exit
      beyond: r0 = *(u8 *)(r2 +0)
      exit`,
    good: `
      r2 = *(u32 *)(r1 +76)  // data
      r3 = *(u32 *)(r1 +80)  // data_end
      r2 += 8
      if r2 > r3 goto beyond
      r0 = *(u8 *)(r2 -8)
      exit
      beyond: r0 = 0
      exit`,
  }),
});
