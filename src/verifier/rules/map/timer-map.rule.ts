import { creations, HASH } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const timerMapType = defineRule({
  id: 'map/timer-map',
  errno: 'EOPNOTSUPP',
  title: 'Only hash and array maps have timers in their values',
  explanation: 'kernel/bpf/syscall.c, `map_check_btf()`.',
  message: 'map {map}, a {type}, has a bpf_timer in its value',
  suggestion: 'use a hash, an LRU hash or an array',
  examples: creations(
    { ...HASH, type: 'percpu_hash', valueSize: 24, valueType: 'timed' },
    { ...HASH, valueSize: 24, valueType: 'timed' },
  ),
});
