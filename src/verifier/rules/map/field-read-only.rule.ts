import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const fieldReadOnly = defineRule({
  id: 'map/field-read-only',
  errno: 'EACCES',
  title: 'Programs may write values that hold locks or timers',
  explanation: 'kernel/bpf/syscall.c, `map_check_btf()`.',
  message: 'map {map} has a {field} in its value and BPF_F_RDONLY_PROG',
  suggestion: 'leave BPF_F_RDONLY_PROG out',
  examples: creations({ ...ARRAY, valueType: 'locked', flags: ['RDONLY_PROG'] }, { ...ARRAY, valueType: 'locked' }),
});
