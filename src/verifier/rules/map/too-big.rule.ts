import { creations, HASH } from '../examples/map-shapes.ts';
import { defineRule } from '../rule.ts';

export const elementTooBig = defineRule({
  id: 'map/too-big',
  errno: 'E2BIG',
  title: 'Keys and values are no larger than the kernel handles at once',
  explanation:
    'kmalloc() gives 4 MiB at most; values of which each CPU has one are limited to 32 KiB (the `map_alloc_check` of the type).',
  message: 'map {map}: {size} bytes in an element, where {limit} are the most',
  suggestion: 'make the key or the value smaller, or put the data in more than one element',
  examples: creations({ ...HASH, valueSize: 0x800000 }, { ...HASH, valueSize: 0x8000 }),
});
