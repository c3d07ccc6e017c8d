import { defineRule } from './rule.ts';

export const tooComplex = defineRule({
  id: 'limit/instructions',
  errno: 'E2BIG',
  title: 'A program is walked in at most one million instructions',
  explanation:
    'All paths together, as far as states are not found equal, may take BPF_COMPLEXITY_LIMIT_INSNS steps (kernel/bpf/verifier.c, do_check()).',
  message: '{limit} instructions were walked, and the program is not done',
  suggestion: 'bound loops tighter, split the program, or move a loop into bpf_loop()',
});

export const tooManyBranches = defineRule({
  id: 'limit/branches',
  errno: 'EFAULT',
  title: 'At most 8,192 branches wait to be walked',
  explanation: 'BPF_COMPLEXITY_LIMIT_JMP_SEQ (kernel/bpf/verifier.c, push_stack()).',
  message: '{count} branches wait to be walked',
  suggestion: 'fewer conditions in a row on values that are not known',
});

export const verifierGivesUp = defineRule({
  id: 'limit/backtracking',
  errno: 'EFAULT',
  title: 'The verifier finds where a value came from',
  explanation:
    'The kernel goes back through the instructions to where a value was made, and here does not find it: a defect of that kernel (kernel/bpf/verifier.c, __mark_chain_precision()).',
  message: 'this kernel fails to find where a value came from',
  suggestion: 'use a later kernel, or write the computation another way',
});
