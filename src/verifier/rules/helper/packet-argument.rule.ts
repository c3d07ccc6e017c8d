import { defineRule } from '../rule.ts';

export const helperPacket = defineRule({
  id: 'helper/packet-argument',
  errno: 'EACCES',
  title: 'Few helpers take packet memory',
  explanation: 'kernel/bpf/verifier.c, check_func_arg() and may_access_direct_pkt_data().',
  message: 'argument {argument} of bpf_{helper}() points into the packet',
  suggestion: 'copy the data to the stack first',
});
