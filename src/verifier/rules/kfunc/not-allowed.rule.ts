import { defineRule } from '../rule.ts';

export const kfuncNotAllowed = defineRule({
  id: 'kfunc/not-allowed',
  errno: 'EACCES',
  title: 'A kfunc is called by the program types it is registered for',
  explanation:
    'register_btf_kfunc_id_set() says which; up to v5.19 what is not in the check set is not callable, whatever other set it is in (kernel/bpf/verifier.c, check_kfunc_call()).',
  message: 'programs of type {progType} may not call {kfunc}(): {why}',
  suggestion: '{help}',
  examples: {
    bad: {
      progType: 'xdp',
      code: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      r2 = 8
      call bpf_kfunc_call_test_mem_len_pass1
      r0 = 2
      exit`,
    },
    good: {
      progType: 'sched_cls',
      code: `
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -8
      r2 = 8
      call bpf_kfunc_call_test_mem_len_pass1
      r0 = 2
      exit`,
    },
  },
});
