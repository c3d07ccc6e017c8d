import { ARRAY, HASH } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const mapNotMapped = defineRule({
  id: 'map/mmap',
  errno: 'ENOTSUPP',
  title: 'Only arrays of plain data with BPF_F_MMAPABLE are mapped',
  explanation:
    'kernel/bpf/syscall.c, `bpf_map_mmap()`: ENOTSUPP for types that have no mapping, and values with locks, timers or kptrs; EINVAL without BPF_F_MMAPABLE; EPERM and EACCES where it would be written and is frozen or read-only.',
  message: 'map {map} cannot be mapped into memory',
  suggestion: 'use an array of plain data with BPF_F_MMAPABLE',
  examples: {
    bad: { maps: [HASH], ops: ['create 0', 'mmap 0'] },
    good: { maps: [{ ...ARRAY, flags: ['MMAPABLE'] }], ops: ['create 0', 'mmap 0'] },
  },
});
