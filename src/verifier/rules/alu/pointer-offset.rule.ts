import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const insaneOffset = defineRule({
  id: 'alu/pointer-offset',
  errno: 'EINVAL',
  title: 'Pointers are moved by less than 2^29 bytes, and by numbers with a lower bound',
  explanation: 'BPF_MAX_VAR_OFF (kernel/bpf/verifier.c, check_reg_sane_offset()).',
  message: 'R{register} is a pointer moved by {offset}, which is too much',
  suggestion: 'check the bounds of the number before it is added to the pointer',
  examples: programs({
    bad: `
      r1 = r10
      r1 += 0x20000000
      r0 = 0
      exit`,
    good: `
      r1 = r10
      r1 += -0x200
      r0 = 0
      exit`,
  }),
});
