import { programs } from '../examples/example.ts';
import { defineRule } from '../rule.ts';

export const localStorageFlags = defineRule({
  id: 'helper/local-storage-flags',
  errno: 'EINVAL',
  title: 'bpf_get_local_storage() takes no flags',
  explanation: 'kernel/bpf/verifier.c, check_helper_call().',
  message: 'the flags of bpf_get_local_storage() are not 0',
  suggestion: 'pass 0',
  examples: programs(
    {
      bad: `
      r1 = map[per_cgroup] ll
      r2 = 1
      call bpf_get_local_storage
      r0 = 1
      exit`,
      good: `
      r1 = map[per_cgroup] ll
      r2 = 0
      call bpf_get_local_storage
      r0 = 1
      exit`,
    },
    { progType: 'cgroup_skb' },
  ),
});
