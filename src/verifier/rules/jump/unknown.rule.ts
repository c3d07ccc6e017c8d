import { defineRule } from '../rule.ts';

export const unknownJump = defineRule({
  id: 'jump/unknown',
  errno: 'EINVAL',
  title: 'The kernel knows every jump',
  explanation: 'kernel/bpf/verifier.c, check_cond_jmp_op().',
  message: 'this kernel does not know the jump with opcode {opcode}',
  suggestion: 'compile for an older instruction set',
});
