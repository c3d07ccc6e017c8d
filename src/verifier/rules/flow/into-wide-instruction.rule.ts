import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const intoWideInstruction = defineRule({
  id: 'flow/into-wide-instruction',
  errno: 'EINVAL',
  kernels: { since: 'v6.1' },
  title: 'Jumps lead to the beginning of instructions',
  explanation: 'BPF_LD_IMM64 takes two slots (kernel/bpf/verifier.c, check_cfg()).',
  message: 'a jump leads into the middle of instruction {insn}',
  suggestion: 'jump to its first slot',
  examples: programs(
    {
      bad: `
      r0 = *(u32 *)(r1 +0)
      if r0 == 0 goto +1
      r0 = 1 ll
      exit`,
      good: `
      r0 = *(u32 *)(r1 +0)
      if r0 == 0 goto +2
      r0 = 1 ll
      exit`,
    },
    { kernel: 'v6.1' },
  ),
});
