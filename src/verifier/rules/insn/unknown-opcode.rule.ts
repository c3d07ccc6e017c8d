import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const unknownOpcode = defineRule({
  id: 'insn/unknown-opcode',
  errno: 'EINVAL',
  title: 'The kernel knows every instruction',
  explanation: 'kernel/bpf/verifier.c, resolve_pseudo_ldimm64(), check_alu_op() and do_check().',
  message: 'this kernel does not know opcode {opcode}',
  suggestion: 'compile for an older instruction set: -mcpu=v3 serves for every kernel from v5.12 on',
  examples: programs({
    bad: `
      r0 = 0
      raw ff00000000000000
      exit`,
    good: `
      r0 = 0
      exit`,
  }),
});
