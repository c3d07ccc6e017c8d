import { ARRAY } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const operationFails = defineRule({
  id: 'map/operation',
  errno: 'EINVAL',
  title: 'Operations on maps from user space succeed',
  explanation:
    'What the operation returns depends on the type of map, on what it holds, and on its access (kernel/bpf/syscall.c).',
  message: '{operation} on map {map}, a {type}, fails',
  suggestion: 'see what the type of map takes',
  examples: {
    bad: { maps: [{ type: 'queue', keySize: 0, valueSize: 16, maxEntries: 4 }], ops: ['create 0', 'lookup 0'] },
    good: { maps: [ARRAY], ops: ['create 0', 'lookup 0'] },
  },
});
