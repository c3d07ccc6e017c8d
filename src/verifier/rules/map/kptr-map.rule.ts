import { creations, HASH } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const kptrMapType = defineRule({
  id: 'map/kptr-map',
  errno: 'EOPNOTSUPP',
  title: 'Only some types of map hold kptrs',
  explanation:
    'v5.19 and v6.0: hash, LRU hash and array; v6.1: also arrays with a value for each CPU; v6.4: all hashes and arrays, and the storage of sockets, inodes, tasks and cgroups (kernel/bpf/syscall.c, `map_check_btf()`).',
  message: 'map {map}, a {type}, has kptrs in its value',
  suggestion: 'use a hash, an LRU hash or an array',
  examples: creations(
    { ...HASH, type: 'percpu_hash', valueSize: 32, valueType: 'objects' },
    { ...HASH, valueSize: 32, valueType: 'objects' },
  ),
});
