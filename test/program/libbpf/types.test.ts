import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typesAreCompatible } from '../../../src/btf/compat.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { writeBtf, type NewType } from '../../../src/btf/write-btf.ts';
import { typesMatch } from '../../../src/program/core/types-match.ts';
import { libbpfMissing } from './print-load.ts';

const missing = libbpfMissing();
const SOURCE = join(import.meta.dirname, 'compare-types.c');
const LIBRARY = '/usr/lib/x86_64-linux-gnu/libbpf.a';

const names = fc.constantFrom('a', 'b', 'a___x', 'c__y', 'a___');

/** A type that refers to earlier ones only, so that all are well-formed; the first is an integer. */
function typeAfter(count: number): fc.Arbitrary<NewType> {
  const any = fc.integer({ min: 0, max: count });
  const some = fc.integer({ min: 1, max: count });
  const parameters = fc.array(fc.record({ name: names, type: some }), { maxLength: 3 });
  const members = fc.uniqueArray(fc.record({ name: names, type: some }), {
    maxLength: 3,
    selector: ({ name }) => name,
  });
  const value = fc.record({ name: names, value: fc.constantFrom(0n, 1n) });
  const values = fc.uniqueArray(value, { minLength: 1, maxLength: 3, selector: ({ name }) => name });
  return fc.oneof(
    fc.record({
      kind: fc.constant('int' as const),
      name: names,
      size: fc.constantFrom(4, 8),
      bits: fc.constant(16),
      bitOffset: fc.constantFrom(0, 0, 0, 8),
      encoding: fc.constantFrom('signed' as const, 'unsigned' as const),
    }),
    fc.record({
      kind: fc.constantFrom('ptr' as const, 'ptr' as const, 'const' as const, 'volatile' as const),
      type: any,
    }),
    fc.record({
      kind: fc.constant('array' as const),
      type: some,
      indexType: fc.constant(1),
      length: fc.constantFrom(0, 1, 2),
    }),
    fc.record({
      kind: fc.constantFrom('struct' as const, 'union' as const),
      name: fc.oneof(names, fc.constant('')),
      size: fc.constant(64),
      members: members.map((list) => list.map((member) => ({ ...member, bitOffset: 0, bitSize: undefined }))),
    }),
    fc.record({
      kind: fc.constantFrom('enum' as const, 'enum64' as const),
      name: names,
      size: fc.constant(8),
      signed: fc.boolean(),
      values,
    }),
    fc.record({
      kind: fc.constant('fwd' as const),
      name: names,
      of: fc.constantFrom('struct' as const, 'union' as const),
    }),
    fc.record({ kind: fc.constant('typedef' as const), name: names, type: any }),
    fc.record({ kind: fc.constant('float' as const), name: names, size: fc.constant(4) }),
    fc.record({ kind: fc.constant('func_proto' as const), returns: any, parameters, isVariadic: fc.boolean() }),
    fc.record({
      kind: fc.constant('func_proto' as const),
      returns: any,
      // Nested, so that depth counts.
      parameters: fc.constant([{ name: 'a', type: count }]),
      isVariadic: fc.constant(false),
    }),
  );
}

const INTEGER: NewType = { kind: 'int', name: 'a', size: 4, bits: 32, bitOffset: 0, encoding: 'signed' };
const MOST_TYPES = 30;

const btfs = fc
  .tuple(...Array.from({ length: MOST_TYPES }, (_, index) => typeAfter(index + 1)))
  .map((types) => writeBtf([INTEGER, ...types]));

describe.skipIf(missing !== undefined)(
  `types, against libbpf${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'types-'));
    const tool = join(folder, 'compare-types');

    beforeAll(() => {
      const { status, stderr } = spawnSync('gcc', ['-O1', '-o', tool, SOURCE, LIBRARY, '-lelf', '-lz'], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(stderr);
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('are compatible, and declared alike, where libbpf and the kernel say so', () => {
      const seen = new Set<string>();
      fc.assert(
        fc.property(btfs, btfs, (localBytes, targetBytes) => {
          const files = [join(folder, 'local.btf'), join(folder, 'target.btf')] as const;
          writeFileSync(files[0], localBytes);
          writeFileSync(files[1], targetBytes);
          const { stdout, status } = spawnSync(tool, files, { encoding: 'utf8' });
          expect(status).toBe(0);
          const [local, target] = [openBtf(localBytes), openBtf(targetBytes)];
          const ours: string[] = [];
          for (let one = 0; one < local.typeCount; one++) {
            for (let other = 0; other < target.typeCount; other++) {
              const pair = [
                { btf: local, id: one },
                { btf: target, id: other },
              ] as const;
              const results = [
                typesAreCompatible(...pair),
                typesAreCompatible(...pair, { levels: 32 }),
                typesMatch(...pair),
              ];
              ours.push(results.join(' '));
              seen.add(results.join(' '));
            }
          }
          expect(ours).toEqual(stdout.trim().split('\n'));
        }),
        { numRuns: Number(process.env['KFUNCS_TYPES_RUNS'] ?? 60) },
      );
    });
  },
);
