import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const sockmapArgument = defineRule({
  id: 'helper/sockmap-value',
  errno: 'EINVAL',
  title: 'Sock maps hold sockets',
  explanation: 'kernel/bpf/verifier.c, resolve_map_arg_type().',
  message: 'bpf_{helper}() can not fill a value of a sock map',
  suggestion: 'pass a socket',
  examples: programs({
    bad: `
      r1 = map[sockets] ll
      r2 = r10
      r2 += -16
      call bpf_map_peek_elem
      exit`,
    good: `
      r1 = map[work] ll
      r2 = r10
      r2 += -16
      call bpf_map_peek_elem
      exit`,
  }),
});
