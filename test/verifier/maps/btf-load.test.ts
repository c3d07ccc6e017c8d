import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BTF_ERRNO, isBtfError } from '../../../src/btf/btf-error.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { loadRawBtf } from '../../../src/verifier/maps/btf-load.ts';
import { createMap } from '../../../src/verifier/maps/bpf-map.ts';
import { KERNELS, LABELS } from './kernels.ts';
import { CORPUS, FIXTURES } from './map-case-file.ts';

/** Words of maps.btf that are other ones; what v5.19 and v6.1 then returned for a hash of long by int. */
type Row = readonly [edits: readonly (readonly [number, number])[], v5_19: number, v6_1: number];

const ORIGINAL = readFileSync(new URL('btf/maps.btf', CORPUS));
const ROWS = readFileSync(new URL('btf-loads.jsonl', FIXTURES), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

describe.each(LABELS)('%s', (label) => {
  test('takes and refuses BTF as the real kernel does', () => {
    const wrong = ROWS.filter((row) => errnoOf(label, row[0]) !== row[label === 'v5.19' ? 1 : 2]);
    expect(wrong).toEqual([]);
  });
});

function errnoOf(label: (typeof LABELS)[number], edits: Row[0]): number {
  const bytes = Buffer.from(ORIGINAL);
  for (const [at, word] of edits) bytes.writeUInt32LE(word, at);
  try {
    const btf = openBtf(bytes);
    const spec = { name: 'm', type: 'hash', keySize: 4, valueSize: 8, maxEntries: 4, flags: 0 };
    const types = { btf, keyTypeId: 1, valueTypeId: 2, innerMap: undefined, frozen: false, contents: undefined };
    const map = createMap(KERNELS[label], { ...spec, ...types }, []);
    return loadRawBtf(KERNELS[label], btf) || ('rule' in map ? map.errno : 0);
  } catch (error) {
    if (!isBtfError(error)) throw error;
    return -(BTF_ERRNO[error.code] ?? 0);
  }
}
