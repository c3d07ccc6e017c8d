import { defineRule } from './rule.ts';

export const functionInfo = defineRule({
  id: 'load/func-info',
  errno: 'EINVAL',
  title: 'func_info lists the functions of the program',
  explanation: 'kernel/bpf/verifier.c, check_btf_func().',
  message: 'func_info does not list the functions that the program has',
  suggestion: 'build the program anew, with -g',
});

export const loadAbsInFunction = defineRule({
  id: 'load/load-abs',
  errno: 'EINVAL',
  title: 'Functions with BPF_LD_ABS or BPF_LD_IND have BTF and return int',
  explanation: 'kernel/bpf/verifier.c, check_abnormal_return() and check_btf_func().',
  message: '{function}() has BPF_LD_ABS or BPF_LD_IND, and {why}',
  suggestion: 'use them in the main program',
});

export const tailCallInFunction = defineRule({
  id: 'load/tail-call',
  errno: 'EINVAL',
  title: 'Functions with a tail call have BTF and return int',
  explanation: 'kernel/bpf/verifier.c, check_abnormal_return() and check_btf_func().',
  message: '{function}() has a tail call, and {why}',
  suggestion: 'compile with -g, and let the function return int; or do tail calls in the main program',
});

export const attachTargetRefused = defineRule({
  id: 'load/attach-target',
  errno: 'EINVAL',
  title: 'The program can be attached where it says',
  explanation: 'kernel/bpf/syscall.c, bpf_prog_load_check_attach(); kernel/bpf/verifier.c, check_attach_btf_id().',
  message: 'the program can not be loaded for this: {why}',
  suggestion: 'attach it to something else',
});

export const tooManyMaps = defineRule({
  id: 'load/maps',
  errno: 'E2BIG',
  title: 'A program uses at most 64 maps',
  explanation: 'MAX_USED_MAPS (kernel/bpf/verifier.c, resolve_pseudo_ldimm64()).',
  message: 'more than {limit} maps are used',
  suggestion: 'split the program, or put maps into a map of maps',
});

export const mapForProgram = defineRule({
  id: 'load/map-program',
  errno: 'EINVAL',
  title: 'Some maps are not for some programs',
  explanation: 'kernel/bpf/verifier.c, check_map_prog_compatibility().',
  message: 'map {map} can not be used in this program: {why}',
  suggestion: 'use another map',
});

export const directValue = defineRule({
  id: 'load/direct-value',
  errno: 'EINVAL',
  title: 'Only values of arrays with one element are addressed directly',
  explanation: 'kernel/bpf/verifier.c, resolve_pseudo_ldimm64(); kernel/bpf/arraymap.c, array_map_direct_value_addr().',
  message: 'byte {offset} of the value of map {map} can not be addressed',
  suggestion: 'look the element up',
});

export const kernelVariable = defineRule({
  id: 'load/kernel-variable',
  errno: 'ESRCH',
  title: 'The kernel has the variable',
  explanation: 'The loader finds it in the BTF of vmlinux; kernel/bpf/verifier.c, check_pseudo_btf_id().',
  message: 'there is no variable {variable} in the BTF of this kernel',
  suggestion: 'declare it __weak, and test for it',
});

export const emptyProgram = defineRule({
  id: 'load/empty',
  errno: 'E2BIG',
  title: 'A program has one to one million instructions',
  explanation: 'kernel/bpf/syscall.c, bpf_prog_load().',
  message: 'the program has {count} instructions',
  suggestion: 'split the program',
});
