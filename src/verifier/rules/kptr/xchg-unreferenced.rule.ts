import { defineRule } from '../rule.ts';

export const xchgNotReferenced = defineRule({
  id: 'kptr/xchg-unreferenced',
  errno: 'EACCES',
  title: 'bpf_kptr_xchg() is for referenced kptrs',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'the kptr at offset {offset} of the value of map {map} is an unreferenced one',
  suggestion: 'load and store unreferenced kptrs, or tag the member as a referenced kptr',
});
