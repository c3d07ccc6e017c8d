import { defineRule } from '../rule.ts';

export const iteratorSection = defineRule({
  id: 'iterator/section',
  errno: 'EPROTO',
  title: 'iterators over what RCU protects are used within the section in which they were made',
  explanation: 'is_iter_reg_valid_init(), kernel/bpf/verifier.c, since v6.7.',
  message: 'the iterator that is argument {argument} of {kfunc}() is not protected by RCU here',
  suggestion: 'make and use it within one section (bpf_rcu_read_lock())',
  kernels: { since: 'v6.7' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
