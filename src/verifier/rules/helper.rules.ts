import { defineRule } from './rule.ts';

export const helperUnknown = defineRule({
  id: 'helper/unknown',
  errno: 'EINVAL',
  title: 'The kernel has the helper',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'this kernel has no helper number {helper}',
  suggestion: 'test for the helper with bpf_core_enum_value_exists(), or use an older one',
});

export const helperNotAllowed = defineRule({
  id: 'helper/not-allowed',
  errno: 'EINVAL',
  title: 'Each program type has its helpers',
  explanation: 'get_func_proto() of its bpf_verifier_ops (kernel/bpf/verifier.c, check_helper_call()).',
  message: 'programs of type {progType} may not call bpf_{helper}()',
  suggestion: 'use another helper, or another program type',
});

export const helperGpl = defineRule({
  id: 'helper/gpl-only',
  errno: 'EINVAL',
  title: 'Some helpers are for GPL compatible programs',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_{helper}() is for GPL compatible programs, and the license is {license}',
  suggestion: 'declare a GPL compatible license: char LICENSE[] SEC("license") = "GPL";',
});

export const helperSleeps = defineRule({
  id: 'helper/might-sleep',
  errno: 'EINVAL',
  title: 'Helpers that may sleep are for sleepable programs',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_{helper}() may sleep, and the program is not sleepable',
  suggestion: 'make the program sleepable (SEC("….s"))',
});

export const helperArgumentType = defineRule({
  id: 'helper/argument-type',
  errno: 'EACCES',
  title: 'Helpers get arguments of their types',
  explanation: 'kernel/bpf/verifier.c, check_reg_type().',
  message: 'argument {argument} of bpf_{helper}() is {what}; it takes {expected}',
  suggestion: 'pass {expected}',
});

export const helperObjectType = defineRule({
  id: 'helper/object-type',
  errno: 'EACCES',
  title: 'Helpers get objects of their types',
  explanation: 'kernel/bpf/verifier.c, check_reg_type().',
  message: 'argument {argument} of bpf_{helper}() is {what}; it takes a pointer to struct {expected}',
  suggestion: 'pass a pointer to struct {expected}',
});

export const helperPacket = defineRule({
  id: 'helper/packet-argument',
  errno: 'EACCES',
  title: 'Few helpers take packet memory',
  explanation: 'kernel/bpf/verifier.c, check_func_arg() and may_access_direct_pkt_data().',
  message: 'argument {argument} of bpf_{helper}() points into the packet',
  suggestion: 'copy the data to the stack first',
});

export const helperMemoryType = defineRule({
  id: 'helper/memory',
  errno: 'EACCES',
  title: 'What is taken for memory is memory',
  explanation: 'kernel/bpf/verifier.c, check_helper_mem_access().',
  message: 'R{register} is {what}, and is taken for memory of {size} bytes',
  suggestion: 'pass the address of a variable on the stack, a map value or other memory',
});

export const sizeNegative = defineRule({
  id: 'helper/negative-size',
  errno: 'EACCES',
  title: 'Sizes are not negative',
  explanation: 'kernel/bpf/verifier.c, check_mem_size_reg().',
  message: 'the size in R{register} may be negative',
  suggestion: 'use an unsigned variable, or mask it: size &= 0xff',
});

export const sizeUnbounded = defineRule({
  id: 'helper/unbounded-size',
  errno: 'EACCES',
  title: 'Sizes are bounded',
  explanation: 'BPF_MAX_VAR_SIZ (kernel/bpf/verifier.c, check_mem_size_reg()).',
  message: 'the size in R{register} has no bound',
  suggestion: 'compare it with the size of the buffer first, or mask it',
});

export const helperMapType = defineRule({
  id: 'helper/map-type',
  errno: 'EINVAL',
  title: 'Helpers and map types go together',
  explanation: 'kernel/bpf/verifier.c, check_map_func_compatibility().',
  message: 'bpf_{helper}() is not for maps of type {type}',
  suggestion: 'use a helper for that map type, or another map',
});

export const helperMisconfigured = defineRule({
  id: 'helper/no-map',
  errno: 'EACCES',
  title: 'The map comes before what is looked up in it',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'bpf_{helper}() gets no map to go with argument {argument}',
  suggestion: 'pass the address of a map',
});

export const sockmapArgument = defineRule({
  id: 'helper/sockmap-value',
  errno: 'EINVAL',
  title: 'Sock maps hold sockets',
  explanation: 'kernel/bpf/verifier.c, resolve_map_arg_type().',
  message: 'bpf_{helper}() can not fill a value of a sock map',
  suggestion: 'pass a socket',
});

export const notConstantSize = defineRule({
  id: 'helper/constant-size',
  errno: 'EACCES',
  title: 'Allocations have a constant size',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the size in R{register} is not constant',
  suggestion: 'pass a constant, as sizeof gives it',
});

export const releaseUnreferenced = defineRule({
  id: 'ref/helper-release-unreferenced',
  errno: 'EINVAL',
  title: 'Only what was acquired is released',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() holds no reference',
  suggestion: 'pass what was acquired, and not released before',
});

export const releaseUnknown = defineRule({
  id: 'ref/helper-release-unknown',
  errno: 'EINVAL',
  title: 'A reference is released where it is held',
  explanation:
    'From v6.0 on a callback may not release what its caller acquired (kernel/bpf/verifier.c, release_reference_state()).',
  message: 'bpf_{helper}() releases reference {reference}, which is not held here',
  suggestion: 'release it in the function that acquired it',
});

export const twoReferences = defineRule({
  id: 'ref/two-arguments',
  errno: 'EFAULT',
  title: 'A call gets at most one argument with a reference',
  explanation: 'kernel/bpf/verifier.c, check_func_arg(); kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'R{register} holds a reference, and an argument before it does as well',
  suggestion: 'pass one acquired object at a time',
});

export const constantString = defineRule({
  id: 'helper/constant-string',
  errno: 'EACCES',
  title: 'Format strings are constant',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is no constant string: {why}',
  suggestion: 'use a string literal, which lies in .rodata',
});

export const stringWithoutEnd = defineRule({
  id: 'helper/string-end',
  errno: 'EINVAL',
  title: 'Strings end with a zero',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the string in argument {argument} of bpf_{helper}() has no end',
  suggestion: 'end it with a zero',
});

export const localStorageFlags = defineRule({
  id: 'helper/local-storage-flags',
  errno: 'EINVAL',
  title: 'bpf_get_local_storage() takes no flags',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'the flags of bpf_get_local_storage() are not 0',
  suggestion: 'pass 0',
});

export const dynptrFromMem = defineRule({
  id: 'dynptr/from-mem',
  errno: 'EACCES',
  title: 'bpf_dynptr_from_mem() takes a map value',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'bpf_dynptr_from_mem() gets {what}',
  suggestion: 'pass a pointer to a map value',
});

export const dynptrInitialized = defineRule({
  id: 'dynptr/initialized',
  errno: 'EINVAL',
  title: 'A dynamic pointer is made once',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is a dynamic pointer already',
  suggestion: 'use another variable',
});

export const dynptrUninitialized = defineRule({
  id: 'dynptr/uninitialized',
  errno: 'EINVAL',
  title: 'A dynamic pointer is made before it is used',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'argument {argument} of bpf_{helper}() is no initialized {kind}',
  suggestion: 'make it with bpf_dynptr_from_mem() or bpf_ringbuf_reserve_dynptr(), on this path too',
});

export const dynptrOffset = defineRule({
  id: 'dynptr/offset',
  errno: 'EINVAL',
  title: 'Dynamic pointers lie at multiples of eight bytes',
  explanation: 'kernel/bpf/verifier.c, check_func_arg_reg_off().',
  message: 'R{register} points to the stack at offset {offset}, where no dynamic pointer can lie',
  suggestion: 'declare it as struct bpf_dynptr',
});

export const getFuncIp = defineRule({
  id: 'helper/get-func-ip',
  errno: 'ENOTSUPP',
  title: 'bpf_get_func_ip() is for kprobes and for programs at the start or end of functions',
  explanation: 'kernel/bpf/verifier.c, check_get_func_ip().',
  message: 'bpf_get_func_ip() is not for such a program of type {progType}',
  suggestion: 'attach to a function by fentry, fexit, fmod_ret or a kprobe',
});

export const timerMismatch = defineRule({
  id: 'timer/map',
  errno: 'EINVAL',
  title: 'A timer is initialized with its own map',
  explanation: 'kernel/bpf/verifier.c, check_func_arg().',
  message: 'the timer lies in another map than the one in argument {argument}',
  suggestion: 'pass the map that the timer lies in',
});

export const timerArgument = defineRule({
  id: 'timer/address',
  errno: 'EACCES',
  title: 'Helpers for timers get the address of a timer',
  explanation: 'kernel/bpf/verifier.c, process_timer_func().',
  message: 'R{register} is not the address of a struct bpf_timer: {why}',
  suggestion: 'pass the address of the member of the map value that is the timer',
});
