import { creations, SK_STORAGE } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const needsNoPrealloc = defineRule({
  id: 'map/needs-no-prealloc',
  errno: 'EINVAL',
  title: 'Tries and local storage are made with BPF_F_NO_PREALLOC',
  explanation:
    'Their elements are allocated one by one, and the flag has to say so (`trie_alloc()`, `bpf_local_storage_map_alloc_check()`).',
  message: 'map {map}, a {type}, needs BPF_F_NO_PREALLOC',
  suggestion: 'add BPF_F_NO_PREALLOC to its flags',
  examples: creations({ ...SK_STORAGE, valueType: 'pair', flags: [] }, { ...SK_STORAGE, valueType: 'pair' }),
});
