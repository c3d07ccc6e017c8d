import { defineRule } from '../rule.ts';

export const xchgConstantOffset = defineRule({
  id: 'kptr/xchg-offset',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'bpf_kptr_xchg() gets a kptr at a constant offset',
  explanation: 'kernel/bpf/verifier.c, process_kptr_func().',
  message: 'the offset of R{register} into the map value is not constant',
  suggestion: 'pass the address of the member itself',
});
