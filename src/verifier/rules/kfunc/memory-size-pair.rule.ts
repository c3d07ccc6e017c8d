import { defineRule } from '../rule.ts';

export const kfuncMemoryPair = defineRule({
  id: 'kfunc/memory-size-pair',
  errno: 'EINVAL',
  title: 'A kfunc gets memory as large as the size that goes with it',
  explanation: 'It may read and write all of it (kernel/bpf/verifier.c, check_kfunc_mem_size_reg()).',
  message: 'arguments {argument} and {next} of {kfunc}(), memory and its size: {why}',
  suggestion: '{help}',
});
