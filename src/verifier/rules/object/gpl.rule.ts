import { defineRule } from '../rule.ts';

export const objectWithoutGpl = defineRule({
  id: 'object/gpl',
  errno: 'EINVAL',
  title: 'objects of the kernel are read by programs under the GPL alone',
  explanation: 'check_ptr_to_btf_access(), kernel/bpf/verifier.c, since v6.2.',
  message: 'struct {type} of the kernel is accessed, and the license of the program is "{license}"',
  suggestion: 'put the program under a license that is compatible with the GPL',
  kernels: { since: 'v6.2' },
  noExample: 'It holds for kernels after v6.1 alone; examples are judged by v5.19 and v6.1.',
});
