import { describe, expect, test } from 'vitest';
import { table as v5_19 } from '../../../generated/tables/v5.19.ts';
import { table as v6_1 } from '../../../generated/tables/v6.1.ts';
import { bootKernel } from '../../../src/verifier/kernel/kernel.ts';
import { judgeMapCase } from '../../../src/verifier/maps/judge-map-case.ts';
import { mapCaseOf, openFile, readCases } from './map-case-file.ts';

const FIXTURES = new URL('fixtures/', import.meta.url);
const btf = openFile(new URL('kernel-v5.19.btf', FIXTURES));
const KERNELS = { 'v5.19': bootKernel(v5_19, btf), 'v6.1': bootKernel(v6_1, btf) };

describe.each(['v5.19', 'v6.1'] as const)('%s', (label) => {
  const cases = readCases(new URL('map-cases.jsonl', FIXTURES)).filter(({ kernel }) => kernel[label] !== undefined);
  test.each(cases)('returns what the real kernel returned for $id', (recorded) => {
    const { results } = judgeMapCase(KERNELS[label], mapCaseOf(recorded, FIXTURES));
    expect(results).toEqual(recorded.kernel[label]?.op_results);
  });
});
