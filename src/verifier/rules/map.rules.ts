import { defineRule } from './rule.ts';

export const mapWriteForbidden = defineRule({
  id: 'map-access/write',
  errno: 'EACCES',
  title: 'Maps that programs may only read are not written',
  explanation: 'BPF_F_RDONLY_PROG (kernel/bpf/verifier.c, check_map_access_type() and record_func_map()).',
  message: 'map {map} may only be read by programs',
  suggestion: 'create it without BPF_F_RDONLY_PROG, or write another map',
});

export const mapReadForbidden = defineRule({
  id: 'map-access/read',
  errno: 'EACCES',
  title: 'Maps that programs may only write are not read',
  explanation: 'BPF_F_WRONLY_PROG (kernel/bpf/verifier.c, check_map_access_type()).',
  message: 'map {map} may only be written by programs',
  suggestion: 'create it without BPF_F_WRONLY_PROG, or read another map',
});

export const spinLockAccess = defineRule({
  id: 'map-access/spin-lock',
  errno: 'EACCES',
  title: 'Spin locks in map values are left alone',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the access touches the bpf_spin_lock at offset {offset} of the value of map {map}',
  suggestion: 'use bpf_spin_lock() and bpf_spin_unlock(); pass helpers a part of the value without the lock',
});

export const timerAccess = defineRule({
  id: 'map-access/timer',
  errno: 'EACCES',
  title: 'Timers in map values are left alone',
  explanation: 'kernel/bpf/verifier.c, check_map_access().',
  message: 'the access touches the bpf_timer at offset {offset} of the value of map {map}',
  suggestion: 'use the helpers for timers; pass helpers a part of the value without the timer',
});
