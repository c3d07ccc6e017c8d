import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const kptrProgramAccess = defineRule({
  id: 'map/kptr-access',
  errno: 'EACCES',
  title: 'Programs may read and write maps that hold kptrs',
  explanation: 'BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG are refused (kernel/bpf/syscall.c, `map_check_btf()`).',
  message: 'map {map} holds kptrs, and programs may not both read and write it',
  suggestion: 'leave BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG out',
  examples: creations(
    { ...ARRAY, valueSize: 32, valueType: 'objects', flags: ['RDONLY_PROG'] },
    { ...ARRAY, valueSize: 32, valueType: 'objects' },
  ),
});
