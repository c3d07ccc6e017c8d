import { defineRule } from '../rule.ts';

export const xchgNotKptr = defineRule({
  id: 'kptr/not-a-kptr',
  errno: 'EACCES',
  title: 'bpf_kptr_xchg() gets the address of a kptr',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'there is no kptr at offset {offset} of the value of map {map}',
  suggestion: 'pass the address of a member that is tagged as a referenced kptr',
});
