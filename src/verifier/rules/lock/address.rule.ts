import { programs } from '../examples/example.ts';
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
  examples: programs({
    bad: `
      r6 = map[locked] +8 ll
      r1 = r6
      call bpf_spin_lock
      r1 = r6
      call bpf_spin_unlock
      r0 = 0
      exit`,
    good: `
      r6 = map[locked] +0 ll
      r1 = r6
      call bpf_spin_lock
      r1 = r6
      call bpf_spin_unlock
      r0 = 0
      exit`,
  }),
});
