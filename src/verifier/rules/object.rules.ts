import { defineRule } from './rule.ts';

export const objectNegative = defineRule({
  id: 'object/negative-offset',
  errno: 'EACCES',
  title: 'Objects are not accessed before their start',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'struct {type} is accessed at offset {offset}, before its start',
  suggestion: 'use a pointer to the struct itself',
});

export const objectVariable = defineRule({
  id: 'object/variable-offset',
  errno: 'EACCES',
  title: 'Objects are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'struct {type} is accessed at a variable offset',
  suggestion: 'read it with bpf_probe_read_kernel() if the offset has to vary',
});

export const objectUser = defineRule({
  id: 'object/user-memory',
  errno: 'EACCES',
  title: 'Memory of user space is not dereferenced',
  explanation:
    'A pointer that the kernel declares __user points into a process (kernel/bpf/verifier.c, check_ptr_to_btf_access()).',
  message: 'R{register} points to struct {type} in user space, and is dereferenced',
  suggestion: 'read it with bpf_probe_read_user(), or in a sleepable program with bpf_copy_from_user()',
});

export const objectPerCpu = defineRule({
  id: 'object/per-cpu',
  errno: 'EACCES',
  title: 'Per-CPU memory is not dereferenced',
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_btf_access().',
  message: 'R{register} points to per-CPU struct {type}, and is dereferenced',
  suggestion: 'take the copy of a CPU first, with bpf_this_cpu_ptr() or bpf_per_cpu_ptr()',
});

export const objectReadOnly = defineRule({
  id: 'object/read-only',
  errno: 'EACCES',
  title: 'Objects of the kernel are read only',
  explanation:
    'But for the members that a program type may write, as TCP congestion control may (kernel/bpf/verifier.c, check_ptr_to_btf_access()).',
  message: 'struct {type} is written at offset {offset}',
  suggestion: 'use a kfunc or a helper that changes it',
});

export const objectAccess = defineRule({
  id: 'object/invalid-access',
  errno: 'EACCES',
  title: 'Objects are read member by member',
  explanation: 'kernel/bpf/btf.c, btf_struct_walk().',
  message: '{size} bytes at offset {offset} of struct {type} may not be read: {why}',
  suggestion: 'read a member with its own size; with CO-RE relocations, if the struct changes between kernels',
});

export const mapObjectAccess = defineRule({
  id: 'object/map',
  errno: 'ENOTSUPP',
  title: "Of the kernel's own view of a map only some types can be read",
  explanation: 'kernel/bpf/verifier.c, check_ptr_to_map_access().',
  message: 'maps of type {type} can not be read as objects',
  suggestion: 'look elements up in the map',
});
