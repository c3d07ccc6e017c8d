import { defineRule } from '../rule.ts';

export const releaseNothing = defineRule({
  id: 'ref/kfunc-release-unreferenced',
  errno: 'EINVAL',
  title: 'A release kfunc gets what the program holds a reference of',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match().',
  message: '{kfunc}() releases a reference, and no argument holds one',
  suggestion:
    'pass an object that was acquired and not yet released; a kptr that was only loaded has no reference: take it with bpf_kptr_xchg()',
});
