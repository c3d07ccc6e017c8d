import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncMemory = defineRule({
  id: 'kfunc/memory',
  errno: 'EINVAL',
  title: 'A kfunc gets memory as large as the type it takes',
  explanation: 'It may read and write all of it (kernel/bpf/verifier.c, check_mem_reg()).',
  message: 'argument {argument} of {kfunc}(), a pointer to {type}: {why}',
  suggestion: '{help}',
  examples: programs({
    bad: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      call bpf_kfunc_call_test_pass1  // takes a struct of 16 bytes
      r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -16) = 0
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -16
      call bpf_kfunc_call_test_pass1  // takes a struct of 16 bytes
      r0 = 0
      exit`,
  }),
});
