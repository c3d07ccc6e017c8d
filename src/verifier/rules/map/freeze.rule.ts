import { ARRAY } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const mapNotFrozen = defineRule({
  id: 'map/freeze',
  errno: 'ENOTSUPP',
  title: 'Maps with kptrs or timers are not frozen',
  explanation: 'kernel/bpf/syscall.c, `map_freeze()`. EBUSY: it is frozen already.',
  message: 'map {map} cannot be frozen',
  suggestion: 'freeze maps of plain data only, and once',
  examples: {
    bad: { maps: [{ ...ARRAY, valueSize: 24, valueType: 'timed' }], ops: ['create 0', 'freeze 0'] },
    good: { maps: [{ ...ARRAY, valueType: 'pair' }], ops: ['create 0', 'freeze 0'] },
  },
});
