import { defineRule } from '../rule.ts';

export const sizeUnbounded = defineRule({
  id: 'helper/unbounded-size',
  errno: 'EACCES',
  title: 'Sizes are bounded',
  explanation: 'BPF_MAX_VAR_SIZ (kernel/bpf/verifier.c, check_mem_size_reg()).',
  message: 'the size in R{register} has no bound',
  suggestion: 'compare it with the size of the buffer first, or mask it',
});
