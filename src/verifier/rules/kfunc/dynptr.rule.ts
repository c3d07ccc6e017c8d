import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncDynptr = defineRule({
  id: 'kfunc/dynptr',
  errno: 'EINVAL',
  kernels: { since: 'v6.1' },
  title: 'A kfunc gets a local dynamic pointer on the stack',
  explanation: 'kernel/bpf/btf.c, btf_check_func_arg_match(), v6.1.',
  message: 'argument {argument} of {kfunc}() is {what}; it takes a local dynamic pointer',
  suggestion: 'make it with bpf_dynptr_from_mem(), and pass its address on the stack',
  examples: programs(
    {
      bad: `
      r1 = 0
      call bpf_lookup_system_key
      if r0 == 0 goto out
      r6 = r0
      *(u64 *)(r10 -16) = 0
      *(u64 *)(r10 -8) = 0
      r1 = r10
      r1 += -16
      r2 = r1
      r3 = r6
      call bpf_verify_pkcs7_signature
      r1 = r6
      call bpf_key_put
      out: r0 = 0
      exit`,
      good: `
      r1 = 0
      call bpf_lookup_system_key
      if r0 == 0 goto out
      r6 = r0
      r1 = map[pair] +0 ll
      r2 = 16
      r3 = 0
      r4 = r10
      r4 += -16
      call bpf_dynptr_from_mem
      r1 = r10
      r1 += -16
      r2 = r1
      r3 = r6
      call bpf_verify_pkcs7_signature
      r1 = r6
      call bpf_key_put
      out: r0 = 0
      exit`,
    },
    {
      kernel: 'v6.1',
      progType: 'lsm',
      attachType: 27,
      attach: { kind: 'function', name: 'bpf_lsm_bpf' },
      sleepable: true,
    },
  ),
});
