import { defineRule } from '../rule.ts';

export const mapForProgram = defineRule({
  id: 'load/map-program',
  errno: 'EINVAL',
  title: 'Some maps are not for some programs',
  explanation: 'kernel/bpf/verifier.c, check_map_prog_compatibility().',
  message: 'map {map} can not be used in this program: {why}',
  suggestion: 'use another map',
});
