import { defineRule } from '../rule.ts';

export const objectPerCpu = defineRule({
  id: 'object/per-cpu',
  errno: 'EACCES',
  title: 'Per-CPU memory is not dereferenced',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'R{register} points to per-CPU struct {type}, and is dereferenced',
  suggestion: 'take the copy of a CPU first, with bpf_this_cpu_ptr() or bpf_per_cpu_ptr()',
});
