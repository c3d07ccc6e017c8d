import { defineRule } from './rule.ts';

export const reservedFields = defineRule({
  id: 'insn/reserved-fields',
  errno: 'EINVAL',
  title: 'Fields that an instruction does not use are 0',
  explanation: 'kernel/bpf/verifier.c, check_alu_op(), do_check() and others.',
  message: 'a field that this instruction does not use is not 0',
  suggestion: 'build the program anew with a compiler for this kernel',
});

export const unknownOpcode = defineRule({
  id: 'insn/unknown-opcode',
  errno: 'EINVAL',
  title: 'The kernel knows every instruction',
  explanation: 'kernel/bpf/verifier.c, resolve_pseudo_ldimm64(), check_alu_op() and do_check().',
  message: 'this kernel does not know opcode {opcode}',
  suggestion: 'compile for an older instruction set: -mcpu=v3 serves for every kernel from v5.12 on',
});

export const divisionByZero = defineRule({
  id: 'alu/division-by-zero',
  errno: 'EINVAL',
  title: 'Nothing is divided by the constant 0',
  explanation: 'kernel/bpf/verifier.c, check_alu_op().',
  message: 'R{register} is divided by 0',
  suggestion: 'divide by something else',
});

export const invalidShift = defineRule({
  id: 'alu/shift',
  errno: 'EINVAL',
  title: 'Constants shift by less than the width of the operation',
  explanation: 'kernel/bpf/verifier.c, check_alu_op().',
  message: 'R{register} is shifted by {amount} bits',
  suggestion: 'shift by 0 to 63 bits, in 32-bit operations by 0 to 31',
});

export const pointer32 = defineRule({
  id: 'alu/pointer-32-bit',
  errno: 'EACCES',
  title: 'Pointers are not changed by 32-bit operations',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'R{register} holds a pointer and is changed by a 32-bit operation',
  suggestion: 'use a 64-bit operation',
});

export const pointerMayBeNull = defineRule({
  id: 'alu/pointer-may-be-null',
  errno: 'EACCES',
  title: 'Nothing is added to a pointer that may be NULL',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'R{register} is computed from {what}',
  suggestion: 'compare the pointer with NULL first',
});

export const pointerFixed = defineRule({
  id: 'alu/pointer-type',
  errno: 'EACCES',
  title: 'Some pointers are not moved',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'R{register} is computed from {what}, which may not be moved',
  suggestion: 'use the pointer as it is',
});

export const pointerOperation = defineRule({
  id: 'alu/pointer-operation',
  errno: 'EACCES',
  title: 'Pointers are added to and subtracted from, and no more',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals() and adjust_reg_min_max_vals().',
  message: 'R{register} is computed from a pointer by {operation}',
  suggestion: 'compute with numbers, and add the result to the pointer',
});

export const subtractsPointer = defineRule({
  id: 'alu/subtract-pointer',
  errno: 'EACCES',
  title: 'No pointer is subtracted from a number',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'a pointer is subtracted from the number in R{register}',
  suggestion: 'subtract the number from the pointer, or pointers from each other',
});

export const subtractsFromStack = defineRule({
  id: 'alu/subtract-from-stack',
  errno: 'EACCES',
  title: 'Nothing is subtracted from a pointer to the stack',
  explanation: 'kernel/bpf/verifier.c, adjust_ptr_min_max_vals().',
  message: 'something is subtracted from the pointer to the stack in R{register}',
  suggestion: 'add a negative number',
});

export const insaneOffset = defineRule({
  id: 'alu/pointer-offset',
  errno: 'EINVAL',
  title: 'Pointers are moved by less than 2^29 bytes, and by numbers with a lower bound',
  explanation: 'BPF_MAX_VAR_OFF (kernel/bpf/verifier.c, check_reg_sane_offset()).',
  message: 'R{register} is a pointer moved by {offset}, which is too much',
  suggestion: 'check the bounds of the number before it is added to the pointer',
});
