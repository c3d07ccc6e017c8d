import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncMemoryType = defineRule({
  id: 'kfunc/memory-type',
  errno: 'EINVAL',
  title: 'What is no object is passed where a kfunc takes memory of numbers',
  explanation:
    'The parameter points to a number, to a struct of numbers nested at most four deep, or, with a size behind it, to void (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: '{help}',
  examples: programs({
    bad: `
      *(u64 *)(r10 -16) = 0
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -16
      call bpf_kfunc_call_test_fail1  // takes a struct with a pointer
      r0 = 0
      exit`,
    good: `
      *(u64 *)(r10 -16) = 0
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -16
      call bpf_kfunc_call_test_pass1  // takes a struct of numbers
      r0 = 0
      exit`,
  }),
});
