import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const kfuncAddress = defineRule({
  id: 'load/kfunc-address',
  errno: 'EINVAL',
  kernels: { until: 'v6.4' },
  title: 'Only variables of the kernel have addresses that are loaded',
  explanation:
    'A program that asks by `bpf_ksym_exists()` whether there is a kfunc loads its address. ' +
    'Kernels before v6.4 take that of variables alone, so they refuse the program just where the kfunc exists; ' +
    'kernel/bpf/verifier.c, check_pseudo_btf_id().',
  message: 'the address of {kfunc}() is loaded, and this kernel loads those of variables alone',
  suggestion:
    'ask in another way for a kernel that has it: by LINUX_KERNEL_VERSION, or by a constant that the loader sets',
  examples: programs({
    bad: `
      r1 = ksym bpf_kfunc_call_test_release ll
      r0 = 0
      exit`,
    good: `
      r0 = 0
      exit`,
  }),
});
