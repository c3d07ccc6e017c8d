import { defineRule } from '../rule.ts';

export const globalPrototype = defineRule({
  id: 'subprogram/prototype',
  errno: 'EINVAL',
  title: 'Global functions take and return what can be checked',
  explanation:
    'Numbers, the context, and pointers to memory of known size; they return a number (kernel/bpf/btf.c, btf_prepare_func_args()).',
  message: 'the global function {function}() has a prototype that is not taken: {why}',
  suggestion: 'make the function static, or change its prototype',
});
