import { defineRule } from '../rule.ts';

export const lockAddress = defineRule({
  id: 'lock/address',
  errno: [
    { until: 'v6.2', errno: 'EACCES' },
    { since: 'v6.2', errno: 'EINVAL' },
  ],
  title: 'bpf_spin_lock() gets the address of a lock',
  explanation: 'kernel/bpf/verifier.c, process_spin_lock().',
  message: 'R{register} is not the address of a struct bpf_spin_lock: {why}',
  suggestion: 'pass the address of the member of the map value that is the lock',
});
