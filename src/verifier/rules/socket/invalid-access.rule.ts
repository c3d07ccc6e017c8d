import { defineRule } from '../rule.ts';

export const socketAccess = defineRule({
  id: 'socket/invalid-access',
  errno: 'EACCES',
  title: 'Sockets are read field by field',
  explanation:
    'net/core/filter.c, bpf_sock_is_valid_access(), bpf_sock_common_is_valid_access() and bpf_tcp_sock_is_valid_access().',
  message: '{size} bytes at offset {offset} of {what} may not be read',
  suggestion: 'read the fields of struct bpf_sock or bpf_tcp_sock with their own size',
});
