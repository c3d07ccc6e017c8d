import { defineRule } from './rule.ts';

export const kptrIndirect = defineRule({
  id: 'kptr/indirect-access',
  errno: 'EACCES',
  title: 'Helpers and kfuncs get no memory with a kptr in it',
  explanation: 'They could overwrite it (kernel/bpf/verifier.c, check_map_access()).',
  message: 'the memory at R{register} covers the kptr at offset {offset} of the map value',
  suggestion: 'pass a part of the value that ends before the kptr, or a copy on the stack',
});

export const kptrVariableOffset = defineRule({
  id: 'kptr/variable-offset',
  errno: 'EACCES',
  title: 'kptrs are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'an access with a variable offset may touch the kptr at offset {offset}',
  suggestion: 'access the kptr by its name; keep arrays and kptrs apart in the value',
});

export const kptrMisaligned = defineRule({
  id: 'kptr/misaligned',
  errno: 'EACCES',
  title: 'kptrs are accessed from their first byte',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the access at offset {at} touches the kptr at offset {offset}',
  suggestion: 'access the kptr as a whole',
});

export const kptrSize = defineRule({
  id: 'kptr/access-size',
  errno: 'EACCES',
  title: 'kptrs are accessed with eight bytes',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the kptr at offset {offset} is accessed with {size} bytes',
  suggestion: 'load and store the pointer as a whole',
});

export const kptrMode = defineRule({
  id: 'kptr/access-mode',
  errno: 'EACCES',
  title: 'kptrs take plain loads and stores alone',
  explanation: 'kernel/bpf/verifier.c, check_map_kptr_access().',
  message: 'an atomic operation touches the kptr at offset {offset}',
  suggestion: 'use bpf_kptr_xchg() on a referenced kptr',
});

export const kptrStoreReferenced = defineRule({
  id: 'kptr/store-referenced',
  errno: 'EACCES',
  title: 'Referenced kptrs are not stored to',
  explanation: 'The object that was there would never be released (kernel/bpf/verifier.c, check_map_kptr_access()).',
  message: 'the referenced kptr at offset {offset} is stored to',
  suggestion: 'use bpf_kptr_xchg(), and release what it returns',
});

export const kptrStoreType = defineRule({
  id: 'kptr/store-type',
  errno: 'EACCES',
  title: 'A kptr is given a pointer of its type',
  explanation: 'kernel/bpf/verifier.c, map_kptr_match_type().',
  message: 'the kptr at offset {offset} is a pointer to struct {type}, and R{register} is {what}',
  suggestion: 'store a pointer to struct {type}, or NULL',
});

export const kptrStoreImmediate = defineRule({
  id: 'kptr/store-immediate',
  errno: 'EACCES',
  title: 'The only constant that a kptr takes is NULL',
  explanation: 'kernel/bpf/verifier.c, check_map_kptr_access().',
  message: 'the constant {value} is stored to the kptr at offset {offset}',
  suggestion: 'store NULL or a pointer',
});

export const xchgConstantOffset = defineRule({
  id: 'kptr/xchg-offset',
  errno: 'EACCES',
  title: 'bpf_kptr_xchg() gets a kptr at a constant offset',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'the offset of R{register} into the map value is not constant',
  suggestion: 'pass the address of the member itself',
});

export const xchgNeedsBtf = defineRule({
  id: 'kptr/map-without-btf',
  errno: 'EACCES',
  title: 'kptrs live in maps with BTF',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'map {map} was created without BTF, so it has no kptrs',
  suggestion: 'define the map with __type(value, …) and compile with -g',
});

export const xchgNoKptr = defineRule({
  id: 'kptr/no-valid-kptr',
  errno: 'EACCES',
  title: 'bpf_kptr_xchg() gets a map whose values have valid kptrs',
  explanation:
    'A value type with any mistake in its kptrs has none; creating the map does not tell (kernel/bpf/btf.c, btf_parse_kptrs(); kernel/bpf/verifier.c, process_kptr_func()).',
  message: 'map {map} has no valid kptr: {why}',
  suggestion: '{help}',
});

export const xchgNotKptr = defineRule({
  id: 'kptr/not-a-kptr',
  errno: 'EACCES',
  title: 'bpf_kptr_xchg() gets the address of a kptr',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'there is no kptr at offset {offset} of the value of map {map}',
  suggestion: 'pass the address of a member that is tagged as a referenced kptr',
});

export const xchgNotReferenced = defineRule({
  id: 'kptr/xchg-unreferenced',
  errno: 'EACCES',
  title: 'bpf_kptr_xchg() is for referenced kptrs',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'the kptr at offset {offset} of the value of map {map} is an unreferenced one',
  suggestion: 'load and store unreferenced kptrs, or tag the member as a referenced kptr',
});
