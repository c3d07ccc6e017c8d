import { defineRule } from '../rule.ts';

export const mapForProgram = defineRule({
  id: 'load/map-program',
  errno: 'EINVAL',
  title: 'Some maps are not for some programs',
  explanation: 'kernel/bpf/verifier.c, check_map_prog_compatibility().',
  message: 'map {map} can not be used in this program: {why}',
  suggestion: 'use another map',
  examples: {
    bad: {
      progType: 'socket_filter',
      code: `
      r1 = map[locked] ll
      r0 = 0
      exit`,
    },
    good: {
      code: `
      r1 = map[locked] ll
      r0 = 0
      exit`,
    },
  },
});
