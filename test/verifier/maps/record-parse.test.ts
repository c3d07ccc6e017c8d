import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { table as v6_12 } from '../../../generated/tables/v6.12.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { bootKernel } from '../../../src/verifier/kernel/kernel.ts';
import { judgeMapCase } from '../../../src/verifier/maps/judge-map-case.ts';
import { FIXTURES, mapCaseWith, openFile, type RecordedCase } from './map-case-file.ts';

/** Fields of one value type, as its BTF in base64, and what maps of it came to. */
interface ValueType {
  readonly name: string;
  readonly btf: string;
  readonly cases: readonly RecordedCase[];
}

const KERNEL = bootKernel(v6_12, openFile(new URL('kernel-v6.12.btf', FIXTURES)));
const TYPES = readFileSync(new URL('records.jsonl', FIXTURES), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as ValueType);

test.each(TYPES)('v6.12 makes of maps with the value type $name what the real kernel does', ({ btf, cases }) => {
  const opened = openBtf(Buffer.from(btf, 'base64'));
  for (const recorded of cases) {
    const { results } = judgeMapCase(KERNEL, mapCaseWith(recorded, opened));
    expect({ id: recorded.id, results }).toEqual({ id: recorded.id, results: recorded.kernel['v6.12']?.op_results });
  }
});
