import { defineRule } from '../rule.ts';

export const kfuncConstant = defineRule({
  id: 'kfunc/constant-argument',
  errno: 'EINVAL',
  title: 'some arguments of kfuncs are constants',
  explanation: 'Parameters called …__k and …__szk: check_kfunc_args(), kernel/bpf/verifier.c, since v6.2.',
  message: 'argument {argument} ({parameter}) of {kfunc}() is not constant',
  suggestion: 'pass a number that is known when the program is loaded',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
