import { defineRule } from '../rule.ts';

export const kfuncTooManyModules = defineRule({
  id: 'kfunc/too-many-modules',
  errno: 'E2BIG',
  title: 'A program calls kfuncs of at most 256 modules',
  explanation: 'MAX_KFUNC_BTFS (kernel/bpf/verifier.c, __find_kfunc_desc_btf()).',
  message: 'kfuncs of more than {limit} modules are called',
  suggestion: 'split the program',
  noExample: 'It takes more modules with kfuncs than a kernel has.',
});
