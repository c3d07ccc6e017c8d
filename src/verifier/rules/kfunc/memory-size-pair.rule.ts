import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncMemoryPair = defineRule({
  id: 'kfunc/memory-size-pair',
  errno: 'EINVAL',
  title: 'A kfunc gets memory as large as the size that goes with it',
  explanation: 'It may read and write all of it (kernel/bpf/verifier.c, check_kfunc_mem_size_reg()).',
  message: 'arguments {argument} and {next} of {kfunc}(), memory and its size: {why}',
  suggestion: '{help}',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      r2 = 16  // mem__sz
      call bpf_kfunc_call_test_mem_len_pass1
      r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      r2 = 8  // mem__sz
      call bpf_kfunc_call_test_mem_len_pass1
      r0 = 0
      exit`,
  }),
});
