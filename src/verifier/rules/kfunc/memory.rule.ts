import { defineRule } from '../rule.ts';

export const kfuncMemory = defineRule({
  id: 'kfunc/memory',
  errno: 'EINVAL',
  title: 'A kfunc gets memory as large as the type it takes',
  explanation: 'It may read and write all of it (kernel/bpf/verifier.c, check_mem_reg()).',
  message: 'argument {argument} of {kfunc}(), a pointer to {type}: {why}',
  suggestion: '{help}',
});
