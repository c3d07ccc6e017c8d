import { defineRule } from '../rule.ts';

export const sectionOpen = defineRule({
  id: 'section/open',
  errno: 'EINVAL',
  title: 'sections end before the program does',
  explanation: 'BPF_EXIT in do_check(), tail calls and BPF_LD_ABS, kernel/bpf/verifier.c, since v6.2.',
  message: 'a section begun by bpf_rcu_read_lock() or bpf_preempt_disable() is open at {where}',
  suggestion: 'end it on every path (bpf_rcu_read_unlock(), bpf_preempt_enable())',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
