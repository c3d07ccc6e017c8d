import { ARRAY, creations } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const btfSizeDiffers = defineRule({
  id: 'map/btf-size',
  errno: 'EINVAL',
  title: 'BTF types have the sizes that the map has',
  explanation: 'kernel/bpf/syscall.c, `map_check_btf()`.',
  message: 'the BTF type of the {part} of map {map} has {found} bytes, the map {size}',
  suggestion: 'make the size that of the type',
  examples: creations({ ...ARRAY, valueSize: 24, valueType: 'pair' }, { ...ARRAY, valueSize: 16, valueType: 'pair' }),
});
