import { defineRule } from '../rule.ts';

export const kfuncBufferSizes = defineRule({
  id: 'kfunc/buffer-size',
  errno: 'EINVAL',
  title: 'The size of what a kfunc returns is one constant argument',
  explanation: 'Parameters named rdonly_buf_size and rdwr_buf_size (kernel/bpf/btf.c, btf_check_func_arg_match()).',
  message: 'argument {argument} of {kfunc}(), {parameter}, {why}',
  suggestion: 'pass a constant',
});
