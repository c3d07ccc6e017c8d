import { defineRule } from '../rule.ts';

export const insaneOffset = defineRule({
  id: 'alu/pointer-offset',
  errno: 'EINVAL',
  title: 'Pointers are moved by less than 2^29 bytes, and by numbers with a lower bound',
  explanation: 'BPF_MAX_VAR_OFF (kernel/bpf/verifier.c, check_reg_sane_offset()).',
  message: 'R{register} is a pointer moved by {offset}, which is too much',
  suggestion: 'check the bounds of the number before it is added to the pointer',
});
