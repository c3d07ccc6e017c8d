import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const accessFlagsExclude = defineRule({
  id: 'map/access-flags',
  errno: 'EINVAL',
  title: 'A map is not closed to both reading and writing',
  explanation:
    '`BPF_F_RDONLY` with `BPF_F_WRONLY`, or `BPF_F_RDONLY_PROG` with `BPF_F_WRONLY_PROG` (kernel/bpf/syscall.c, `bpf_get_file_flag()` and `bpf_map_flags_access_ok()`).',
  message: 'map {map} has {first} and {second}, which leaves nothing',
  suggestion: 'set one of the two',
  examples: creations({ ...ARRAY, flags: ['RDONLY', 'WRONLY'] }, { ...ARRAY, flags: ['RDONLY'] }),
});
