import { defineRule } from '../rule.ts';

export const intoWideInstruction = defineRule({
  id: 'flow/into-wide-instruction',
  errno: 'EINVAL',
  title: 'Jumps lead to the beginning of instructions',
  explanation: 'BPF_LD_IMM64 takes two slots (kernel/bpf/verifier.c, check_cfg()).',
  message: 'a jump leads into the middle of instruction {insn}',
  suggestion: 'jump to its first slot',
});
