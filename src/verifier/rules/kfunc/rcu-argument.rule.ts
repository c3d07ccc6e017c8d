import { defineRule } from '../rule.ts';

export const kfuncRcu = defineRule({
  id: 'kfunc/rcu-argument',
  errno: 'EINVAL',
  title: 'kfuncs with KF_RCU take trusted pointers and those that RCU protects',
  explanation: 'check_kfunc_args(), kernel/bpf/verifier.c, since v6.2.',
  message: 'argument {argument} of {kfunc}() is {what}, which neither a reference nor RCU protects',
  suggestion: 'load the pointer within a section (bpf_rcu_read_lock()), or get a reference',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
