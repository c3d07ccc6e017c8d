import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { table as v612 } from '../../generated/tables/v6.12.ts';
import { openBtf } from '../../src/btf/open-btf.ts';
import { parseProgramJson } from '../../src/program/json/parse-program-json.ts';
import { bootKernel } from '../../src/verifier/kernel/kernel.ts';
import { judge, type CorpusCase, type RealVerdict } from './corpus.ts';

const LABEL = 'v6.12';
const FOLDER = new URL('fixtures/corpus-v6.12/', import.meta.url);
const blob = (name: string): ReturnType<typeof openBtf> => openBtf(readFileSync(new URL(`${name}.btf`, FOLDER)));
const maps = blob('maps-v6.12');
const kernel = bootKernel(v612, blob('kernel-v6.12'));

/** Programs, each with what a real 6.12.117 said of it; its BTF is cut down to what they touch. */
function readCases(): ReadonlyMap<string, readonly CorpusCase[]> {
  const families = new Map<string, CorpusCase[]>();
  const text = readFileSync(new URL('cases.jsonl', FOLDER), 'utf8');
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const data = JSON.parse(line) as Omit<CorpusCase, 'parsed'>;
    const parsed = parseProgramJson(data, { btfOf: () => maps, file: 'cases.jsonl' });
    families.set(data.family, [...(families.get(data.family) ?? []), { ...data, parsed }]);
  }
  return families;
}

describe.each([...readCases()])('verdicts of a real v6.12: %s', (_family, cases) => {
  test.each(cases.map((each) => [each.id, each] as const))('%s', (_id, { parsed, kernel: verdicts }) => {
    const { ok, errno, insns_processed } = verdicts[LABEL] as RealVerdict;
    expect(judge(kernel, parsed)).toEqual({ ok, errno, insns_processed });
  });
});
