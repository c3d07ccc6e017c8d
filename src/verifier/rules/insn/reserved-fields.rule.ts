import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const reservedFields = defineRule({
  id: 'insn/reserved-fields',
  errno: 'EINVAL',
  title: 'Fields that an instruction does not use are 0',
  explanation: 'kernel/bpf/verifier.c, check_alu_op(), do_check() and others.',
  message: 'a field that this instruction does not use is not 0',
  suggestion: 'build the program anew with a compiler for this kernel',
  examples: programs({
    bad: `
      raw b710000000000000  // r0 = 0, with a source register
      exit`,
    good: `
      r0 = 0
      exit`,
  }),
});
