import { creations, SK_STORAGE } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const mapNeedsBtf = defineRule({
  id: 'map/needs-btf',
  errno: 'EINVAL',
  title: 'Some maps have BTF types',
  explanation:
    'Local storage has BTF for key and value (`bpf_local_storage_map_alloc_check()`); struct_ops maps name a type of the kernel (`bpf_struct_ops_map_alloc_check()`).',
  message: 'map {map}, a {type}, is created without the BTF types that it needs',
  suggestion:
    'give the map BTF types for key and value; declare it in `.maps` with `__type(key, …)` and `__type(value, …)`',
  examples: creations(SK_STORAGE, { ...SK_STORAGE, valueType: 'pair' }),
});
