import { defineRule } from './rule.ts';

export const infiniteLoop = defineRule({
  id: 'flow/infinite-loop',
  errno: 'EINVAL',
  title: 'Every loop changes something',
  explanation:
    'A state that comes by again just as it was will come by for ever (kernel/bpf/verifier.c, is_state_visited()).',
  message: 'instruction {insn} is reached again with nothing changed: the loop has no end',
  suggestion: 'count in a register or on the stack, and leave the loop when the count is reached',
});

export const lastInstruction = defineRule({
  id: 'flow/end-of-function',
  errno: 'EINVAL',
  title: 'A function ends with exit or a jump',
  explanation: 'Otherwise it would run into the next one (kernel/bpf/verifier.c, check_subprogs()).',
  message: 'the last instruction of a function, {insn}, is no exit and no jump',
  suggestion: 'end the function with exit',
});

export const jumpOutOfRange = defineRule({
  id: 'flow/jump-out-of-range',
  errno: 'EINVAL',
  title: 'Jumps stay in their function',
  explanation: 'kernel/bpf/verifier.c, check_subprogs() and push_insn().',
  message: 'instruction {insn} jumps to {target}, outside of its function',
  suggestion: 'jump inside the function, or call the other one',
});

export const unreachable = defineRule({
  id: 'flow/unreachable',
  errno: 'EINVAL',
  title: 'Every instruction can be reached',
  explanation: 'kernel/bpf/verifier.c, check_cfg().',
  message: 'no path leads to instruction {insn}',
  suggestion: 'remove it',
});

export const backEdge = defineRule({
  id: 'flow/back-edge',
  errno: 'EINVAL',
  title: 'Calls and plain instructions do not lead back',
  explanation: 'Loops are made by jumps (kernel/bpf/verifier.c, push_insn()).',
  message: 'instruction {insn} leads back to {target}',
  suggestion: 'make loops with jumps; functions may not call themselves',
});

export const intoWideInstruction = defineRule({
  id: 'flow/into-wide-instruction',
  errno: 'EINVAL',
  title: 'Jumps lead to the beginning of instructions',
  explanation: 'BPF_LD_IMM64 takes two slots (kernel/bpf/verifier.c, check_cfg()).',
  message: 'a jump leads into the middle of instruction {insn}',
  suggestion: 'jump to its first slot',
});

export const tooManyFunctions = defineRule({
  id: 'flow/functions',
  errno: 'E2BIG',
  title: 'A program has at most 256 functions',
  explanation: 'BPF_MAX_SUBPROGS (kernel/bpf/verifier.c, add_subprog()).',
  message: 'there are more than {limit} functions',
  suggestion: 'inline some of them',
});

export const callOutOfRange = defineRule({
  id: 'flow/call-out-of-range',
  errno: 'EINVAL',
  title: 'Calls lead to functions of the program',
  explanation: 'kernel/bpf/verifier.c, add_subprog().',
  message: 'instruction {insn} calls {target}, where there is no instruction',
  suggestion: 'call a function of the program',
});

export const callTooDeep = defineRule({
  id: 'flow/call-depth',
  errno: 'E2BIG',
  title: 'Functions call each other at most eight deep',
  explanation: 'MAX_CALL_FRAMES (kernel/bpf/verifier.c, __check_func_call() and check_max_stack_depth()).',
  message: 'this call makes {frames} functions deep',
  suggestion: 'inline some of them; a function may not call itself',
});

export const stackTooLarge = defineRule({
  id: 'flow/stack-size',
  errno: 'EACCES',
  title: 'All functions of a chain of calls share 512 bytes of stack',
  explanation:
    'Each function counts at least 32 bytes, rounded up to 32 (kernel/bpf/verifier.c, check_max_stack_depth()).',
  message: 'the stack of {frames} functions that call each other takes {bytes} bytes',
  suggestion: 'keep large variables in a map',
});

export const tailCallStackTooLarge = defineRule({
  id: 'flow/tail-call-stack',
  errno: 'EACCES',
  title: 'Below a function with a tail call lie less than 256 bytes of stack',
  explanation: 'kernel/bpf/verifier.c, check_max_stack_depth().',
  message: 'the functions before one with a tail call take {bytes} bytes of stack',
  suggestion: 'do tail calls in the main function, or keep large variables in a map',
});
