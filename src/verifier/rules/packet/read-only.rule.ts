import { defineRule } from '../rule.ts';

export const packetReadOnly = defineRule({
  id: 'packet/read-only',
  errno: 'EACCES',
  title: 'Only some program types may write packets',
  explanation: 'kernel/bpf/verifier.c, may_access_direct_pkt_data().',
  message: 'programs of type {progType} may not write to packets',
  suggestion: 'use a program type that may, or a helper',
});
