import { defineRule } from './rule.ts';

export const stackOutOfBounds = defineRule({
  id: 'stack/out-of-bounds',
  errno: 'EACCES',
  title: 'Accesses stay in the stack',
  explanation:
    'The stack of a function is the 512 bytes below R10; until v6.1 only what was written before may be read at all (kernel/bpf/verifier.c, check_stack_access_within_bounds()).',
  message: 'R{register} reaches {where} of the stack, which is outside of it',
  suggestion: 'stay within the 512 bytes below R10, and write before reading',
});

export const stackUnbounded = defineRule({
  id: 'stack/unbounded',
  errno: 'EACCES',
  title: 'Variable offsets into the stack are bounded',
  explanation: 'kernel/bpf/verifier.c, check_stack_access_within_bounds().',
  message: 'the offset of R{register} into the stack has no bounds',
  suggestion: 'compare the index with the size of the array first',
});

export const stackUninitialized = defineRule({
  id: 'stack/uninitialized',
  errno: 'EACCES',
  title: 'Stack is written before it is read',
  explanation:
    'What a load or a helper reads of the stack must have been written on every path (kernel/bpf/verifier.c, check_stack_read_fixed_off() and check_stack_range_initialized()). From v6.1 on this holds only for programs that may not leak pointers.',
  message: 'byte {offset} of the stack is read, and was not written on this path',
  suggestion: 'initialize the variable where it is declared, with all its padding',
});

export const spillSize = defineRule({
  id: 'stack/spill-size',
  errno: 'EACCES',
  title: 'Pointers go to the stack and come back whole',
  explanation: 'kernel/bpf/verifier.c, check_stack_write_fixed_off() and check_stack_read_fixed_off().',
  message: 'a pointer is {what} the stack with {size} bytes in place of 8',
  suggestion: 'move pointers as 64-bit values',
});

export const spillToCaller = defineRule({
  id: 'stack/pointer-to-caller',
  errno: 'EINVAL',
  title: 'No pointer to a stack is left in the stack of a caller',
  explanation: 'The frame is gone when the function returns (kernel/bpf/verifier.c, check_stack_write_fixed_off()).',
  message: 'a pointer to this stack goes to the stack of a caller',
  suggestion: 'keep the variable in the caller, and pass its address down',
});

export const stackVariableToHelper = defineRule({
  id: 'stack/variable-offset',
  errno: 'EACCES',
  title: 'Atomic operations on the stack have a constant offset',
  explanation: 'kernel/bpf/verifier.c, check_stack_read().',
  message: 'R{register} has a variable offset into the stack',
  suggestion: 'use a constant offset',
});

export const zeroSizedRead = defineRule({
  id: 'stack/zero-size',
  errno: 'EACCES',
  title: 'Helpers are given memory of at least one byte',
  explanation: 'kernel/bpf/verifier.c, check_stack_range_initialized().',
  message: 'the memory at R{register} may have no bytes',
  suggestion: 'make sure that the size is not 0',
});
