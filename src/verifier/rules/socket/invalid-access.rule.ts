import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const socketAccess = defineRule({
  id: 'socket/invalid-access',
  errno: 'EACCES',
  title: 'Sockets are read field by field',
  explanation:
    'net/core/filter.c, bpf_sock_is_valid_access(), bpf_sock_common_is_valid_access() and bpf_tcp_sock_is_valid_access().',
  message: '{size} bytes at offset {offset} of {what} may not be read',
  suggestion: 'read the fields of struct bpf_sock or bpf_tcp_sock with their own size',
  examples: programs({
    bad: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      r2 = *(u64 *)(r1 +4)
      out: r0 = 0
      exit`,
    good: `
      r1 = *(u64 *)(r1 +168)  // sk
      if r1 == 0 goto out
      r2 = *(u32 *)(r1 +4)
      out: r0 = 0
      exit`,
  }),
});
