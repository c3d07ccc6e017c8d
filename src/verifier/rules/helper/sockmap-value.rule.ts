import { defineRule } from '../rule.ts';

export const sockmapArgument = defineRule({
  id: 'helper/sockmap-value',
  errno: 'EINVAL',
  title: 'Sock maps hold sockets',
  explanation: 'kernel/bpf/verifier.c, resolve_map_arg_type().',
  message: 'bpf_{helper}() can not fill a value of a sock map',
  suggestion: 'pass a socket',
});
