import { defineRule } from '../rule.ts';

export const beyondPacket = defineRule({
  id: 'packet/beyond-end',
  errno: 'EINVAL',
  title: 'Nothing is accessed at or behind the end of a packet',
  explanation: 'kernel/bpf/verifier.c, check_packet_access().',
  message: 'R{register} is known to lie at or behind the end of the packet',
  suggestion: 'access the packet in the other branch of the comparison with data_end',
});
