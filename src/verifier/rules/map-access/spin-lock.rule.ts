import { defineRule } from '../rule.ts';

export const spinLockAccess = defineRule({
  id: 'map-access/spin-lock',
  errno: 'EACCES',
  title: 'Spin locks in map values are left alone',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the access touches the bpf_spin_lock at offset {offset} of the value of map {map}',
  suggestion: 'use bpf_spin_lock() and bpf_spin_unlock(); pass helpers a part of the value without the lock',
});
