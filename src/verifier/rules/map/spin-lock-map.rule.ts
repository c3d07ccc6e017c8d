import { creations, HASH } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const spinLockMapType = defineRule({
  id: 'map/spin-lock-map',
  errno: 'ENOTSUPP',
  title: 'Only some types of map have spin locks in their values',
  explanation: 'kernel/bpf/syscall.c, `map_check_btf()`.',
  message: 'map {map}, a {type}, has a bpf_spin_lock in its value',
  suggestion: 'use a hash, an array, or the storage of sockets, inodes, tasks or cgroups',
  examples: creations({ ...HASH, type: 'lru_hash', valueType: 'locked' }, { ...HASH, valueType: 'locked' }),
});
