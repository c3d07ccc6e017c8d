import { defineRule } from './rule.ts';

export const releaseMoved = defineRule({
  id: 'ref/release-moved',
  errno: 'EINVAL',
  title: 'What is released is passed as it was acquired',
  explanation:
    'So is, for kfuncs with KF_TRUSTED_ARGS of v6.0 and v6.1, every object (kernel/bpf/verifier.c, check_func_arg_reg_off()).',
  message: 'R{register} was moved by {offset} bytes',
  suggestion: 'pass the pointer without anything added to it',
});

export const kfuncNotFound = defineRule({
  id: 'kfunc/not-found',
  errno: 'ESRCH',
  title: 'The kernel has the kfunc',
  explanation: 'The loader finds kfuncs in the BTF of vmlinux and of modules; what is not there is not loaded.',
  message: 'there is no function {kfunc}() in the BTF of this kernel{where}',
  suggestion: 'load the module that has it; or declare it __weak, and test for it with bpf_ksym_exists()',
});

export const kfuncWithoutGpl = defineRule({
  id: 'kfunc/gpl',
  errno: 'EINVAL',
  title: 'kfuncs are for GPL compatible programs',
  explanation: 'kernel/bpf/verifier.c, add_kfunc_call().',
  message: 'the program calls {kfunc}(), and its license is {license}',
  suggestion: 'declare a GPL compatible license: char LICENSE[] SEC("license") = "GPL";',
});

export const kfuncTooMany = defineRule({
  id: 'kfunc/too-many',
  errno: 'E2BIG',
  title: 'A program calls at most 256 different kfuncs',
  explanation: 'MAX_KFUNC_DESCS (kernel/bpf/verifier.c, add_kfunc_call()).',
  message: 'more than {limit} different kfuncs are called',
  suggestion: 'split the program',
});

export const kfuncTooManyModules = defineRule({
  id: 'kfunc/too-many-modules',
  errno: 'E2BIG',
  title: 'A program calls kfuncs of at most 256 modules',
  explanation: 'MAX_KFUNC_BTFS (kernel/bpf/verifier.c, __find_kfunc_desc_btf()).',
  message: 'kfuncs of more than {limit} modules are called',
  suggestion: 'split the program',
});

export const kfuncModel = defineRule({
  id: 'kfunc/prototype',
  errno: 'EINVAL',
  title: 'kfuncs have a prototype that can be called',
  explanation:
    'Up to twelve numbers and pointers, a number, a pointer or nothing in return (kernel/bpf/btf.c, btf_distill_func_proto()).',
  message: 'the prototype of {kfunc}() can not be called: {why}',
  suggestion: 'call another kfunc',
});

export const kfuncEliminated = defineRule({
  id: 'kfunc/missing-is-called',
  errno: 'EINVAL',
  title: 'Calls of weak kfuncs that are missing are never reached',
  explanation: 'kernel/bpf/verifier.c, fixup_kfunc_call().',
  message: 'a weak kfunc that this kernel does not have is called',
  suggestion: 'test for it with bpf_ksym_exists(), and call it only where it exists',
});

export const kfuncNotAllowed = defineRule({
  id: 'kfunc/not-allowed',
  errno: 'EACCES',
  title: 'A kfunc is called by the program types it is registered for',
  explanation:
    'register_btf_kfunc_id_set() says which; up to v5.19 what is not in the check set is not callable, whatever other set it is in (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: 'programs of type {progType} may not call {kfunc}(): {why}',
  suggestion: '{help}',
});

export const kfuncTooManyArguments = defineRule({
  id: 'kfunc/arguments',
  errno: 'EINVAL',
  title: 'A kfunc that is called has at most five arguments',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: '{kfunc}() has {count} arguments',
  suggestion: 'call another kfunc',
});

export const kfuncScalar = defineRule({
  id: 'kfunc/scalar-argument',
  errno: 'EINVAL',
  title: 'Numbers are passed where a kfunc takes numbers',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a number ({parameter})',
  suggestion: 'pass a number',
});

export const kfuncArgumentKind = defineRule({
  id: 'kfunc/argument-kind',
  errno: 'EINVAL',
  title: 'kfuncs take numbers and pointers',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is of type {type}, which can not be passed',
  suggestion: 'call another kfunc',
});

export const kfuncBufferSizes = defineRule({
  id: 'kfunc/buffer-size',
  errno: 'EINVAL',
  title: 'The size of what a kfunc returns is one constant argument',
  explanation: 'Parameters named rdonly_buf_size and rdwr_buf_size (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}(), {parameter}, {why}',
  suggestion: 'pass a constant',
});

export const kfuncTrusted = defineRule({
  id: 'kfunc/trusted-argument',
  errno: 'EINVAL',
  title: 'kfuncs with KF_TRUSTED_ARGS get what the program holds a reference of',
  explanation: 'In v6.0 and v6.1 (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}() is {what} without a reference',
  suggestion: 'pass an object that was acquired and not yet released',
});

export const kptrGetMapValue = defineRule({
  id: 'kptr-get/map-value',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets the address of a kptr in a map value',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument 1 of {kfunc}() is {what}; it takes the address of a referenced kptr in a map value',
  suggestion: 'look the value up, compare it with NULL, and pass the address of the member',
});

export const kptrGetConstant = defineRule({
  id: 'kptr-get/offset',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a kptr at a constant offset',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'the offset of argument 1 of {kfunc}() into the map value is not constant',
  suggestion: 'pass the address of the member itself',
});

export const kptrGetReferenced = defineRule({
  id: 'kptr-get/referenced',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a referenced kptr',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'at offset {offset} of the value of map {map} there is no referenced kptr',
  suggestion: 'pass the address of a member that is tagged as a referenced kptr',
});

export const kptrGetPrototype = defineRule({
  id: 'kptr-get/prototype',
  errno: 'EINVAL',
  title: 'The first parameter of a kptr_get kfunc is a pointer to a pointer to a struct',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'the first parameter of {kfunc}() is {type}',
  suggestion: 'call another kfunc',
});

export const kptrGetType = defineRule({
  id: 'kptr-get/type',
  errno: 'EINVAL',
  title: 'A kptr_get kfunc gets a kptr of its type',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: '{kfunc}() takes a kptr to {expected}, and the one at offset {offset} points to struct {type}',
  suggestion: 'pass the address of a kptr to {expected}',
});

export const kfuncContext = defineRule({
  id: 'kfunc/context-argument',
  errno: 'EINVAL',
  title: 'The context is passed where a kfunc takes it',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is {what}; it takes the context',
  suggestion: 'pass the context as the program got it',
});

export const kfuncObjectParameter = defineRule({
  id: 'kfunc/object-parameter',
  errno: 'EINVAL',
  title: 'Objects are passed where a kfunc takes objects',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: 'pass a pointer to {expected}',
});

export const kfuncObjectType = defineRule({
  id: 'kfunc/object-type',
  errno: 'EINVAL',
  title: 'A kfunc gets objects of its types',
  explanation:
    'The same type of the same BTF, or a struct that begins with it; of an object that is released the very type (kernel/bpf/btf.c, btf_check_func_arg_match() and btf_struct_ids_match()).',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: 'pass a pointer to {expected}',
});

export const kfuncMemoryType = defineRule({
  id: 'kfunc/memory-type',
  errno: 'EINVAL',
  title: 'What is no object is passed where a kfunc takes memory of numbers',
  explanation:
    'The parameter points to a number, to a struct of numbers nested at most four deep, or, with a size behind it, to void (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a pointer to {expected}',
  suggestion: '{help}',
});

export const kfuncMemoryPair = defineRule({
  id: 'kfunc/memory-size-pair',
  errno: 'EINVAL',
  title: 'A kfunc gets memory as large as the size that goes with it',
  explanation: 'It may read and write all of it (kernel/bpf/verifier.c, check_kfunc_mem_size_reg()).',
  message: 'arguments {argument} and {next} of {kfunc}(), memory and its size: {why}',
  suggestion: '{help}',
});

export const kfuncMemorySize = defineRule({
  id: 'kfunc/memory-size',
  errno: 'EINVAL',
  title: 'The size of memory that a kfunc takes is known',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: 'the size of {type}, to which argument {argument} of {kfunc}() points, is not known',
  suggestion: 'call another kfunc',
});

export const kfuncMemory = defineRule({
  id: 'kfunc/memory',
  errno: 'EINVAL',
  title: 'A kfunc gets memory as large as the type it takes',
  explanation: 'It may read and write all of it (kernel/bpf/verifier.c, check_mem_reg()).',
  message: 'argument {argument} of {kfunc}(), a pointer to {type}: {why}',
  suggestion: '{help}',
});

export const kfuncDynptr = defineRule({
  id: 'kfunc/dynptr',
  errno: 'EINVAL',
  title: 'A kfunc gets a local dynamic pointer on the stack',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match(), v6.1.',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a local dynamic pointer',
  suggestion: 'make it with bpf_dynptr_from_mem(), and pass its address on the stack',
});

export const releaseNothing = defineRule({
  id: 'ref/kfunc-release-unreferenced',
  errno: 'EINVAL',
  title: 'A release kfunc gets what the program holds a reference of',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: '{kfunc}() releases a reference, and no argument holds one',
  suggestion:
    'pass an object that was acquired and not yet released; a kptr that was only loaded has no reference: take it with bpf_kptr_xchg()',
});

export const kfuncReleaseUnknown = defineRule({
  id: 'ref/kfunc-release-unknown',
  errno: 'EINVAL',
  title: 'A reference is released where it is held',
  explanation:
    'From v6.0 on a callback may not release what its caller acquired (kernel/bpf/verifier.c, release_reference_state()).',
  message: '{kfunc}() releases reference {reference}, which is not held here',
  suggestion: 'release it in the function that acquired it',
});

export const kfuncSleeps = defineRule({
  id: 'kfunc/sleepable',
  errno: 'EINVAL',
  title: 'kfuncs that may sleep are for sleepable programs',
  explanation: 'KF_SLEEPABLE (kernel/bpf/btf.c, btf_check_func_arg_match(), v6.1).',
  message: '{kfunc}() may sleep, and the program is not sleepable',
  suggestion: 'make the program sleepable (SEC("….s"))',
  kernels: { since: 'v6.1' },
});

export const acquireReturns = defineRule({
  id: 'kfunc/acquire-returns-pointer',
  errno: 'EINVAL',
  title: 'An acquire kfunc returns a pointer',
  explanation: 'From v6.1 on to a struct or union (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: '{kfunc}() acquires a reference and returns {type}',
  suggestion: 'call another kfunc',
});

export const returnedPointer = defineRule({
  id: 'kfunc/returned-pointer',
  errno: 'EINVAL',
  title: 'A kfunc that is called returns no pointer but to a struct',
  explanation: 'Or, from v6.1 on, to memory whose size is an argument (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: '{kfunc}() returns a pointer to {type}',
  suggestion: 'call another kfunc',
});
