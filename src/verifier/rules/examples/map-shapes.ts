import type { ExampleMap, RuleExamples } from './example.ts';

export const ARRAY: ExampleMap = { type: 'array', keySize: 4, valueSize: 16, maxEntries: 1 };
export const HASH: ExampleMap = { type: 'hash', keySize: 4, valueSize: 16, maxEntries: 8 };
export const ARRAY_OF_MAPS: ExampleMap = { type: 'array_of_maps', keySize: 4, valueSize: 4, maxEntries: 1 };
export const SK_STORAGE: ExampleMap = {
  type: 'sk_storage',
  keySize: 4,
  valueSize: 16,
  maxEntries: 0,
  flags: ['NO_PREALLOC'],
};

/** A map that is not created, and one that is. */
export function creations(bad: ExampleMap, good: ExampleMap): RuleExamples {
  return { bad: { maps: [bad], ops: ['create 0'] }, good: { maps: [good], ops: ['create 0'] } };
}
