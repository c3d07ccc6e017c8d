import { defineRule } from '../rule.ts';

export const sleepsInSection = defineRule({
  id: 'section/sleeps',
  errno: 'EINVAL',
  title: 'nothing sleeps within a read section of RCU or without preemption',
  explanation: 'check_helper_call() and check_kfunc_call(), kernel/bpf/verifier.c, since v6.2.',
  message: '{function}() may sleep, and is called within a section that may not',
  suggestion: 'end the section first (bpf_rcu_read_unlock(), bpf_preempt_enable())',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
