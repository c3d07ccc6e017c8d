import { defineRule } from '../rule.ts';

export const sizeNegative = defineRule({
  id: 'helper/negative-size',
  errno: 'EACCES',
  title: 'Sizes are not negative',
  explanation: 'kernel/bpf/verifier.c, check_mem_size_reg().',
  message: 'the size in R{register} may be negative',
  suggestion: 'use an unsigned variable, or mask it: size &= 0xff',
});
