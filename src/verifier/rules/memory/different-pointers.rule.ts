import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const differentPointers = defineRule({
  id: 'memory/different-pointers',
  errno: 'EINVAL',
  title: 'A load or store always uses the same kind of pointer',
  explanation:
    'Accesses of the context, sockets and objects are rewritten, each in its way, so one instruction cannot serve for several (kernel/bpf/verifier.c, do_check()).',
  message: 'this instruction uses {what} here, and {before} on another path',
  suggestion: 'access the memory in each branch, and not after they meet',
  examples: programs({
    bad: `
      r2 = *(u64 *)(r1 +168)  // sk
      if r2 == 0 goto read
      r1 = r2
      read: r0 = *(u32 *)(r1 +4)  // of the context or of the socket
      exit`,
    good: `
      r2 = *(u64 *)(r1 +168)  // sk
      if r2 == 0 goto read
      r0 = *(u32 *)(r2 +4)
      exit
      read: r0 = *(u32 *)(r1 +4)
      exit`,
  }),
});
