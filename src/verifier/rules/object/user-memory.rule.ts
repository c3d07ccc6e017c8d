import { defineRule } from '../rule.ts';

export const objectUser = defineRule({
  id: 'object/user-memory',
  errno: 'EACCES',
  title: 'Memory of user space is not dereferenced',
  explanation:
    'A pointer that the kernel declares __user points into a process (kernel/bpf/verifier.c, check_ptr_to_btf_access()).',
  message: 'R{register} points to struct {type} in user space, and is dereferenced',
  suggestion: 'read it with bpf_probe_read_user(), or in a sleepable program with bpf_copy_from_user()',
  noExample: 'Only kernels built by clang say in their BTF which pointers are those of user space.',
});
