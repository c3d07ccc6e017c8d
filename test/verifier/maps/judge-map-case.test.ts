import { describe, expect, test } from 'vitest';
import { judgeMapCase } from '../../../src/verifier/maps/judge-map-case.ts';
import { KERNELS, LABELS } from './kernels.ts';
import { CORPUS, FIXTURES, mapCaseOf, readCases } from './map-case-file.ts';

const CASES = [new URL('cases.jsonl', CORPUS), new URL('operations.jsonl', FIXTURES)].flatMap(readCases);

describe.each(LABELS)('%s', (label) => {
  const cases = CASES.filter(({ kernel }) => kernel[label] !== undefined);
  test.each(cases)('returns what the real kernel returned for $id', (recorded) => {
    const { results } = judgeMapCase(KERNELS[label], mapCaseOf(recorded));
    expect(results).toEqual(recorded.kernel[label]?.op_results);
  });
});

test('says which operation failed first, by which rule, and what would mend it', () => {
  const recorded = CASES.find(({ id }) => id === 'c00001');
  if (recorded === undefined) throw new Error('no such case');
  expect(judgeMapCase(KERNELS['v6.1'], mapCaseOf(recorded)).failed).toMatchObject({
    op: 0,
    errno: -95,
    refusal: {
      rule: { id: 'map/kptr-map' },
      message: 'map m, a sk_storage, has kptrs in its value',
      suggestion: 'use a hash, an LRU hash or an array',
    },
  });
});
