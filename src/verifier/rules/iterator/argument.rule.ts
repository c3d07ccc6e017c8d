import { defineRule } from '../rule.ts';

export const iteratorArgument = defineRule({
  id: 'iterator/argument',
  errno: 'EINVAL',
  title: 'iterators live on the stack: made, used and ended in turn',
  explanation: 'process_iter_arg(), kernel/bpf/verifier.c, since v6.4.',
  message: 'argument {argument} of {kfunc}() {why}',
  suggestion: 'make the iterator on the stack (bpf_iter_…_new()), and pass its address',
  kernels: { since: 'v6.4' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
