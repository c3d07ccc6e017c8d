import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const objectPerCpu = defineRule({
  id: 'object/per-cpu',
  errno: 'EACCES',
  title: 'Per-CPU memory is not dereferenced',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'R{register} points to per-CPU struct {type}, and is dereferenced',
  suggestion: 'take the copy of a CPU first, with bpf_this_cpu_ptr() or bpf_per_cpu_ptr()',
  examples: programs({
    bad: `
      r1 = ksym runqueues ll
      r0 = *(u32 *)(r1 +4)
      exit`,
    good: `
      r1 = ksym runqueues ll
      call bpf_this_cpu_ptr
      r0 = *(u32 *)(r0 +4)
      exit`,
  }),
});
