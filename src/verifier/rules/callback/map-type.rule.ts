import { defineRule } from '../rule.ts';

export const callbackMap = defineRule({
  id: 'callback/map-type',
  errno: 'ENOTSUPP',
  title: 'bpf_for_each_map_elem() goes through arrays and hash tables',
  explanation: 'kernel/bpf/verifier.c, set_map_elem_callback_state().',
  message: 'the elements of maps of type {type} can not be gone through',
  suggestion: 'use an array or a hash table',
});
