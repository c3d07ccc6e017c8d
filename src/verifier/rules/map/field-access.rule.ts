import { defineRule } from '../rule.ts';

export const fieldProgramAccess = defineRule({
  id: 'map/field-access',
  errno: 'EACCES',
  kernels: { since: 'v6.2' },
  title: 'Programs may read and write maps whose values hold locks, timers and the like',
  explanation: 'BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG are refused (kernel/bpf/syscall.c, `map_check_btf()`).',
  message: 'the values of map {map} hold more than bytes, and programs may not both read and write it',
  suggestion: 'leave BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG out',
  noExample: 'Programs of the kernels for which it holds are not modelled.',
});
