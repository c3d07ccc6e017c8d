import { defineRule } from '../rule.ts';

export const callbackSeveralMaps = defineRule({
  id: 'callback/several-maps',
  errno: 'EINVAL',
  title: 'A call of bpf_for_each_map_elem() always gets the same map',
  explanation: 'kernel/bpf/verifier.c, set_map_elem_callback_state().',
  message: 'this call gets another map here than on another path',
  suggestion: 'call it in each branch',
});
