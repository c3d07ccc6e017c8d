import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hashInputs,
  isUpToDate,
  makeStamp,
  readStamp,
  STAMP_FILE,
  writeStamp,
} from '../../../generator/output/stamp.ts';
import { writeOutput } from '../../../generator/output/write-output.ts';
import { emitted, generated, makeTree, readTree } from './tree.ts';

const FILES = emitted({ 'docs/a.md': generated('a'), 'json/b.json': generated('b') });
const INPUTS = hashInputs([['registry/a.yaml', 'source: a.c']]);

async function makeOutput(): Promise<string> {
  const folder = makeTree();
  await writeOutput(folder, FILES, ['docs', 'json']);
  writeStamp(folder, makeStamp(INPUTS, FILES));
  return folder;
}

describe('isUpToDate', () => {
  it('holds for the same inputs and untouched files', async () => {
    const folder = await makeOutput();
    expect(isUpToDate(folder, readStamp(folder), INPUTS)).toBe(true);
  });

  const changes: readonly { name: string; change: (folder: string) => void }[] = [
    { name: 'a changed file', change: (folder) => writeFileSync(join(folder, 'docs/a.md'), 'mine') },
    { name: 'a missing file', change: (folder) => rmSync(join(folder, 'docs/a.md')) },
    { name: 'no stamp', change: (folder) => rmSync(join(folder, STAMP_FILE)) },
    { name: 'a stamp that is no JSON', change: (folder) => writeFileSync(join(folder, STAMP_FILE), '{"inputs"') },
    { name: 'a stamp of another shape', change: (folder) => writeFileSync(join(folder, STAMP_FILE), '[]') },
    {
      name: 'a stamp that leads out of the folder',
      change: (folder) =>
        writeFileSync(join(folder, STAMP_FILE), JSON.stringify({ inputs: INPUTS, files: { '../a': 'x' } })),
    },
  ];
  it.each(changes)('does not hold with $name', async ({ change }) => {
    const folder = await makeOutput();
    change(folder);
    expect(isUpToDate(folder, readStamp(folder), INPUTS)).toBe(false);
  });

  it('does not hold for other inputs', async () => {
    const folder = await makeOutput();
    expect(isUpToDate(folder, readStamp(folder), hashInputs([['registry/a.yaml', 'source: b.c']]))).toBe(false);
  });
});

describe('hashInputs', () => {
  it('tells apart what differs in names, bytes or the border between them', () => {
    const inputs = fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 4 });
    fc.assert(
      fc.property(inputs, inputs, (a, b) => {
        expect(hashInputs(a) === hashInputs(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      {
        examples: [
          [[['ab', 'c']], [['a', 'bc']]],
          [
            [
              ['a', ''],
              ['b', ''],
            ],
            [['a', 'b']],
          ],
        ],
      },
    );
  });
});

describe('writeStamp', () => {
  it('replaces a link and does not write through it', () => {
    const outside = makeTree({ target: 'mine' });
    const folder = makeTree();
    symlinkSync(join(outside, 'target'), join(folder, STAMP_FILE));
    writeStamp(folder, makeStamp(INPUTS, FILES));
    expect(readTree(outside)).toEqual({ target: 'mine' });
    expect(readStamp(folder)).toEqual(makeStamp(INPUTS, FILES));
  });

  it('says what is wrong with the folder', () => {
    const folder = makeTree();
    expect(() => writeStamp(join(folder, 'missing'), makeStamp(INPUTS, []))).toThrow(
      expect.objectContaining({ code: 'io' }) as Error,
    );
  });
});
