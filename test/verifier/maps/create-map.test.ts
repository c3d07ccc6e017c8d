import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MapSpec } from '../../../src/program/program.ts';
import { createMap } from '../../../src/verifier/maps/bpf-map.ts';
import { KERNELS, LABELS } from './kernels.ts';
import { FIXTURES, openFile } from './map-case-file.ts';

/** Type, key size, value size, max_entries, flags, key type, value type; what v5.19 and v6.1 returned. */
type Row = readonly [string, number, number, number, number, number, number, number, number];

const btf = openFile(new URL('value-types.btf', FIXTURES));
const ROWS = readFileSync(new URL('creations.jsonl', FIXTURES), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);
const TYPES = [...new Set(ROWS.map(([type]) => type))];

describe.each(LABELS)('%s', (label) => {
  test.each(TYPES)('creates or refuses maps of type %s as the real kernel does', (type) => {
    const wrong = ROWS.filter((row) => row[0] === type && errnoOf(label, row) !== row[label === 'v5.19' ? 7 : 8]);
    expect(wrong).toEqual([]);
  });
});

function errnoOf(label: (typeof LABELS)[number], row: Row): number {
  const map = createMap(KERNELS[label], specOf(row), []);
  return 'rule' in map ? map.errno : 0;
}

function specOf([type, keySize, valueSize, maxEntries, flags, keyTypeId, valueTypeId]: Row): MapSpec {
  return {
    name: 'm',
    type,
    keySize,
    valueSize,
    maxEntries,
    flags,
    btf,
    keyTypeId,
    valueTypeId,
    innerMap: undefined,
    frozen: false,
    contents: undefined,
  };
}
