import { defineRule } from '../rule.ts';

export const differentPointers = defineRule({
  id: 'memory/different-pointers',
  errno: 'EINVAL',
  title: 'A load or store always uses the same kind of pointer',
  explanation:
    'Accesses of the context, sockets and objects are rewritten, each in its way, so one instruction cannot serve for several (kernel/bpf/verifier.c, do_check()).',
  message: 'this instruction uses {what} here, and {before} on another path',
  suggestion: 'access the memory in each branch, and not after they meet',
});
