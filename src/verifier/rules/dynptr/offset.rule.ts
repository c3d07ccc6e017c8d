import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const dynptrOffset = defineRule({
  id: 'dynptr/offset',
  errno: 'EINVAL',
  title: 'Dynamic pointers lie at multiples of eight bytes',
  explanation: 'kernel/bpf/verifier.c, check_func_arg_reg_off().',
  message: 'R{register} points to the stack at offset {offset}, where no dynamic pointer can lie',
  suggestion: 'declare it as struct bpf_dynptr',
  examples: programs({
    bad: `
      r1 = map[pair] +0 ll
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -20
      call bpf_dynptr_from_mem
      r0 = 0
      exit`,
    good: `
      r1 = map[pair] +0 ll
      r2 = 8
      r3 = 0
      r4 = r10
      r4 += -24
      call bpf_dynptr_from_mem
      r0 = 0
      exit`,
  }),
});
