import { defineRule } from '../rule.ts';

export const kfuncNotFound = defineRule({
  id: 'kfunc/not-found',
  errno: 'ESRCH',
  title: 'The kernel has the kfunc',
  explanation: 'The loader finds kfuncs in the BTF of vmlinux and of modules; what is not there is not loaded.',
  message: 'there is no function {kfunc}() in the BTF of this kernel{where}',
  suggestion: 'load the module that has it; or declare it __weak, and test for it with bpf_ksym_exists()',
  noExample: 'The loader refuses such a program before a kernel sees it.',
});
