import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const spinLockAccess = defineRule({
  id: 'map-access/spin-lock',
  errno: 'EACCES',
  title: 'Spin locks in map values are left alone',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the access touches the bpf_spin_lock at offset {offset} of the value of map {map}',
  suggestion: 'use bpf_spin_lock() and bpf_spin_unlock(); pass helpers a part of the value without the lock',
  examples: programs({
    bad: `
      r1 = map[locked] +0 ll
      r0 = *(u32 *)(r1 +0)
      exit`,
    good: `
      r1 = map[locked] +0 ll
      r0 = *(u32 *)(r1 +4)
      exit`,
  }),
});
