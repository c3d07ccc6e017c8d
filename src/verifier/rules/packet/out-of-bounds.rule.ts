import { defineRule } from '../rule.ts';

export const outOfPacket = defineRule({
  id: 'packet/out-of-bounds',
  errno: 'EACCES',
  title: 'Packet data is compared with its end before it is accessed',
  explanation:
    'Only bytes that a comparison with data_end found to be there may be accessed (kernel/bpf/verifier.c, check_packet_access()).',
  message: '{size} bytes at offset {offset} of the packet are accessed, and {range} are known to be there',
  suggestion: 'compare with data_end first: if (data + n > data_end) return …',
});
