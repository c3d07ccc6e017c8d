import { defineRule } from '../rule.ts';

export const localStorageFlags = defineRule({
  id: 'helper/local-storage-flags',
  errno: 'EINVAL',
  title: 'bpf_get_local_storage() takes no flags',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'the flags of bpf_get_local_storage() are not 0',
  suggestion: 'pass 0',
});
