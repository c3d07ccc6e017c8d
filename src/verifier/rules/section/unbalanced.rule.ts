import { defineRule } from '../rule.ts';

export const sectionUnbalanced = defineRule({
  id: 'section/unbalanced',
  errno: 'EINVAL',
  title: 'read sections of RCU do not nest, and only what was begun ends',
  explanation: 'check_kfunc_call(), kernel/bpf/verifier.c, since v6.2.',
  message: '{kfunc}() is called where {why}',
  suggestion: 'call the two in turn on every path',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
