import { defineRule } from './rule.ts';

export const noSuchRegister = defineRule({
  id: 'register/unknown',
  errno: 'EINVAL',
  title: 'Instructions name R0 to R10',
  explanation: 'There are no other registers (kernel/bpf/verifier.c, check_reg_arg()).',
  message: 'there is no register R{register}',
  suggestion: 'build the program anew: no compiler writes such an instruction',
});

export const notReadable = defineRule({
  id: 'register/not-readable',
  errno: 'EACCES',
  title: 'A register is written before it is read',
  explanation:
    'At the start only R1, the context, and R10, the frame pointer, hold something; every call leaves R1 to R5 unreadable, and R0 where it returns nothing (kernel/bpf/verifier.c, check_reg_arg()).',
  message: 'R{register} is read, and nothing was written to it on this path',
  suggestion: 'give it a value on every path; what must outlive a call belongs in R6 to R9 or on the stack',
});

export const framePointer = defineRule({
  id: 'register/frame-pointer',
  errno: 'EACCES',
  title: 'R10 is never written',
  explanation: 'It is the frame pointer (kernel/bpf/verifier.c, check_reg_arg()).',
  message: 'R10, the frame pointer, is written',
  suggestion: 'copy it to another register and change that',
});
