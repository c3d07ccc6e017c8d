import { defineRule } from './rule.ts';

export const misaligned = defineRule({
  id: 'memory/misaligned',
  errno: 'EACCES',
  title: 'Stack accesses and atomic operations are aligned',
  explanation: 'So is, with BPF_F_STRICT_ALIGNMENT, every other access (kernel/bpf/verifier.c, check_ptr_alignment()).',
  message: 'R{register} is used at an offset that is no multiple of {size}',
  suggestion: 'align the access to its size',
});

export const notAddress = defineRule({
  id: 'memory/invalid-pointer',
  errno: 'EACCES',
  title: 'Only pointers that are known to be valid are dereferenced',
  explanation:
    'A number is no address; a pointer that may be NULL has to be compared with NULL first (kernel/bpf/verifier.c, check_mem_access()).',
  message: 'R{register} is {what}, and is used as an address',
  suggestion: '{help}',
});

export const minimumNegative = defineRule({
  id: 'memory/negative-offset',
  errno: 'EACCES',
  title: 'Variable offsets are not negative',
  explanation: 'kernel/bpf/verifier.c, check_mem_region_access(), check_packet_access() and check_sock_access().',
  message: 'the offset of R{register} may be negative',
  suggestion: 'use an unsigned index, or compare it with 0 first',
});

export const unbounded = defineRule({
  id: 'memory/unbounded',
  errno: 'EACCES',
  title: 'Variable offsets are bounded',
  explanation: 'kernel/bpf/verifier.c, check_mem_region_access().',
  message: 'the offset of R{register} has no bound',
  suggestion: 'compare the index with the size of the memory first, and use it right after',
});

export const outOfBounds = defineRule({
  id: 'memory/out-of-bounds',
  errno: 'EACCES',
  title: 'Accesses stay in their memory',
  explanation: 'kernel/bpf/verifier.c, __check_mem_access().',
  message: '{size} bytes at offset {offset} of {what} reach beyond its {limit} bytes',
  suggestion: 'check the index, or the size of the type that is used',
});

export const readOnlyMemory = defineRule({
  id: 'memory/read-only',
  errno: 'EACCES',
  title: 'Read-only memory is not written',
  explanation: 'kernel/bpf/verifier.c, check_mem_access() and check_helper_mem_access().',
  message: 'R{register} points to {what}, which may not be written',
  suggestion: 'copy it to the stack or to a map and change it there',
});

export const outOfPacket = defineRule({
  id: 'packet/out-of-bounds',
  errno: 'EACCES',
  title: 'Packet data is compared with its end before it is accessed',
  explanation:
    'Only bytes that a comparison with data_end found to be there may be accessed (kernel/bpf/verifier.c, check_packet_access()).',
  message: '{size} bytes at offset {offset} of the packet are accessed, and {range} are known to be there',
  suggestion: 'compare with data_end first: if (data + n > data_end) return …',
});

export const beyondPacket = defineRule({
  id: 'packet/beyond-end',
  errno: 'EINVAL',
  title: 'Nothing is accessed at or behind the end of a packet',
  explanation: 'kernel/bpf/verifier.c, check_packet_access().',
  message: 'R{register} is known to lie at or behind the end of the packet',
  suggestion: 'access the packet in the other branch of the comparison with data_end',
});

export const packetReadOnly = defineRule({
  id: 'packet/read-only',
  errno: 'EACCES',
  title: 'Only some program types may write packets',
  explanation: 'kernel/bpf/verifier.c, may_access_direct_pkt_data().',
  message: 'programs of type {progType} may not write to packets',
  suggestion: 'use a program type that may, or a helper',
});

export const contextAccess = defineRule({
  id: 'context/invalid-access',
  errno: 'EACCES',
  title: 'The context is accessed field by field',
  explanation:
    'Each program type says which fields may be read and written, and with which size (is_valid_access() of its bpf_verifier_ops).',
  message: '{size} bytes at offset {offset} of the context of a program of type {progType} may not be {what}',
  suggestion: 'use the fields that the program type has, with their own size',
});

export const modifiedPointer = defineRule({
  id: 'memory/modified-pointer',
  errno: 'EACCES',
  title: 'Some pointers are used as they are',
  explanation: 'kernel/bpf/verifier.c, __check_ptr_off_reg().',
  message: 'R{register} points to {what} and was moved by {offset}',
  suggestion: 'use the pointer without adding anything to it; keep the original in another register',
});

export const socketAccess = defineRule({
  id: 'socket/invalid-access',
  errno: 'EACCES',
  title: 'Sockets are read field by field',
  explanation:
    'net/core/filter.c, bpf_sock_is_valid_access(), bpf_sock_common_is_valid_access() and bpf_tcp_sock_is_valid_access().',
  message: '{size} bytes at offset {offset} of {what} may not be read',
  suggestion: 'read the fields of struct bpf_sock or bpf_tcp_sock with their own size',
});

export const bufferAccess = defineRule({
  id: 'memory/buffer-offset',
  errno: 'EACCES',
  title: 'Buffers are accessed at constant offsets',
  explanation: 'kernel/bpf/verifier.c, __check_buffer_access().',
  message: 'R{register} is used at an offset that is negative or not constant',
  suggestion: 'use constant offsets from the start of the buffer',
});

export const differentPointers = defineRule({
  id: 'memory/different-pointers',
  errno: 'EINVAL',
  title: 'A load or store always uses the same kind of pointer',
  explanation:
    'Accesses of the context, sockets and objects are rewritten, each in its way, so one instruction cannot serve for several (kernel/bpf/verifier.c, do_check()).',
  message: 'this instruction uses {what} here, and {before} on another path',
  suggestion: 'access the memory in each branch, and not after they meet',
});
