import { defineRule } from './rule.ts';

export const callbackMap = defineRule({
  id: 'callback/map-type',
  errno: 'ENOTSUPP',
  title: 'bpf_for_each_map_elem() goes through arrays and hash tables',
  explanation: 'kernel/bpf/verifier.c, set_map_elem_callback_state().',
  message: 'the elements of maps of type {type} can not be gone through',
  suggestion: 'use an array or a hash table',
});

export const callbackSeveralMaps = defineRule({
  id: 'callback/several-maps',
  errno: 'EINVAL',
  title: 'A call of bpf_for_each_map_elem() always gets the same map',
  explanation: 'kernel/bpf/verifier.c, set_map_elem_callback_state().',
  message: 'this call gets another map here than on another path',
  suggestion: 'call it in each branch',
});

export const callbackReturnType = defineRule({
  id: 'callback/return-type',
  errno: 'EACCES',
  title: 'Callbacks return a number',
  explanation: 'kernel/bpf/verifier.c, prepare_func_exit().',
  message: 'the callback returns {what}',
  suggestion: 'return 0 to go on, 1 to stop',
});

export const callbackReturnRange = defineRule({
  id: 'callback/return-range',
  errno: 'EINVAL',
  title: 'Callbacks return 0 or 1',
  explanation: 'kernel/bpf/verifier.c, prepare_func_exit().',
  message: 'the callback returns {value}',
  suggestion: 'return 0 to go on, 1 to stop',
});

export const returnsStack = defineRule({
  id: 'subprogram/returns-stack',
  errno: 'EINVAL',
  title: 'Functions return no pointer to the stack',
  explanation: 'kernel/bpf/verifier.c, prepare_func_exit().',
  message: 'the function returns a pointer to the stack',
  suggestion: 'let the caller pass the address of a variable of its own',
});

export const globalArguments = defineRule({
  id: 'subprogram/arguments',
  errno: 'EINVAL',
  title: 'Global functions get arguments that fit their prototype',
  explanation: 'They are walked alone, for all such arguments (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {function}() does not fit its prototype: {why}',
  suggestion: 'pass what the prototype says, or make the function static',
});

export const globalPrototype = defineRule({
  id: 'subprogram/prototype',
  errno: 'EINVAL',
  title: 'Global functions take and return what can be checked',
  explanation:
    'Numbers, the context, and pointers to memory of known size; they return a number (kernel/bpf/btf.c, btf_prepare_func_args()).',
  message: 'the global function {function}() has a prototype that is not taken: {why}',
  suggestion: 'make the function static, or change its prototype',
});

export const returnValue = defineRule({
  id: 'return/range',
  errno: 'EINVAL',
  title: 'Programs return what their type allows',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: 'the program returns {value}; programs of type {progType} return {min} to {max}',
  suggestion: 'return a value that the program type allows',
});

export const returnType = defineRule({
  id: 'return/type',
  errno: 'EINVAL',
  title: 'Programs return a number',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: '{what} is returned, and it has to be a number',
  suggestion: 'return a number',
});

export const asyncReturn = defineRule({
  id: 'return/async-callback',
  errno: 'EINVAL',
  title: 'Callbacks of timers return 0',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: 'the callback of a timer returns {value}',
  suggestion: 'return 0',
});

export const returnRefused = defineRule({
  id: 'return/attach-type',
  errno: 'ENOTSUPP',
  title: 'The attach type is one whose return value is known',
  explanation: 'kernel/bpf/verifier.c, check_return_code().',
  message: 'what programs of this attach type return is not known to the kernel',
  suggestion: 'set the attach type',
});

export const callbackNoInfo = defineRule({
  id: 'callback/func-info',
  errno: 'EINVAL',
  title: 'Callbacks need the BTF of the program',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: 'the address of a function is taken, and the program is loaded without func_info',
  suggestion: 'compile with -g, and load with the BTF',
});

export const callbackNotStatic = defineRule({
  id: 'callback/static',
  errno: 'EINVAL',
  title: 'Callbacks are static functions',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: '{function}() is not static, and its address is taken',
  suggestion: 'declare it static',
});

export const callbackMain = defineRule({
  id: 'callback/main',
  errno: 'EINVAL',
  title: 'The main program is no callback',
  explanation: 'kernel/bpf/verifier.c, check_ld_imm().',
  message: 'the address of the main program is taken',
  suggestion: 'use a function of its own for the callback',
});
