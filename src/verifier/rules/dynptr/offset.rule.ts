import { defineRule } from '../rule.ts';

export const dynptrOffset = defineRule({
  id: 'dynptr/offset',
  errno: 'EINVAL',
  title: 'Dynamic pointers lie at multiples of eight bytes',
  explanation: 'kernel/bpf/verifier.c, check_func_arg_reg_off().',
  message: 'R{register} points to the stack at offset {offset}, where no dynamic pointer can lie',
  suggestion: 'declare it as struct bpf_dynptr',
});
