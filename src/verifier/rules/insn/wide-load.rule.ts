import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const wideLoad = defineRule({
  id: 'insn/wide-load',
  errno: 'EINVAL',
  title: 'BPF_LD_IMM64 takes two slots',
  explanation: 'kernel/bpf/verifier.c, resolve_pseudo_ldimm64() and check_ld_imm().',
  message: 'this BPF_LD_IMM64 is not whole, or loads something that the kernel does not know',
  suggestion: 'build the program anew',
  examples: programs({
    bad: `
      raw 1800000001000000  // the first half of r0 = 1 ll
      exit`,
    good: `
      r0 = 1 ll
      exit`,
  }),
});
