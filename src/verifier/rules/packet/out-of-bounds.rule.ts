import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const outOfPacket = defineRule({
  id: 'packet/out-of-bounds',
  errno: 'EACCES',
  title: 'Packet data is compared with its end before it is accessed',
  explanation:
    'Only bytes that a comparison with data_end found to be there may be accessed (kernel/bpf/verifier.c, check_packet_access()).',
  message: '{size} bytes at offset {offset} of the packet are accessed, and {range} are known to be there',
  suggestion: 'compare with data_end first: if (data + n > data_end) return …',
  examples: programs({
    bad: `
      r2 = *(u32 *)(r1 +76)  // data
      r0 = *(u8 *)(r2 +0)
      exit`,
    good: `
      r2 = *(u32 *)(r1 +76)  // data
      r3 = *(u32 *)(r1 +80)  // data_end
      r4 = r2
      r4 += 1
      if r4 > r3 goto out
      r0 = *(u8 *)(r2 +0)
      out: r0 = 0
      exit`,
  }),
});
