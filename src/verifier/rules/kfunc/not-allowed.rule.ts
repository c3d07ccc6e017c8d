import { defineRule } from '../rule.ts';

export const kfuncNotAllowed = defineRule({
  id: 'kfunc/not-allowed',
  errno: 'EACCES',
  title: 'A kfunc is called by the program types it is registered for',
  explanation:
    'register_btf_kfunc_id_set() says which; up to v5.19 what is not in the check set is not callable, whatever other set it is in (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: 'programs of type {progType} may not call {kfunc}(): {why}',
  suggestion: '{help}',
});
