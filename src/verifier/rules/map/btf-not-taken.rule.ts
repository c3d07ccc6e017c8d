import { creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const btfNotTaken = defineRule({
  id: 'map/btf-not-taken',
  errno: 'ENOTSUPP',
  title: 'Some maps take no BTF',
  explanation: 'Maps of file descriptors, devices, sockets and stacks (`map_check_no_btf()`).',
  message: 'map {map}, a {type}, takes no BTF types',
  suggestion: 'create it without BTF types: use `__uint(key_size, …)` and `__uint(value_size, …)`',
  examples: creations(
    { type: 'perf_event_array', keySize: 4, valueSize: 4, maxEntries: 1, valueType: 'int' },
    { type: 'perf_event_array', keySize: 4, valueSize: 4, maxEntries: 1 },
  ),
});
