import { mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOutput, isSame } from '../../../generator/output/compare-output.ts';
import { OutputError } from '../../../generator/output/output-error.ts';
import { writeOutput } from '../../../generator/output/write-output.ts';
import { emitted, generated, makeTree, readTree, type Tree } from './tree.ts';

const A = generated('a');
const B = generated('b');

describe('writeOutput', () => {
  const cases: readonly { name: string; before: Tree; emit: Tree; after: Tree }[] = [
    { name: 'adds files and folders', before: {}, emit: { 'docs/x/a.md': A }, after: { 'docs/x/a.md': A } },
    { name: 'replaces what changed', before: { 'docs/a.md': A }, emit: { 'docs/a.md': B }, after: { 'docs/a.md': B } },
    {
      name: 'removes stale files and the folders they leave empty',
      before: { 'docs/old/deep/a.md': A, 'docs/b.md': B },
      emit: { 'docs/b.md': B },
      after: { 'docs/b.md': B },
    },
    {
      name: 'removes the folder of a target that emits nothing any more',
      before: { 'docs/a.md': A, 'readme.txt': 'mine' },
      emit: {},
      after: { 'readme.txt': 'mine' },
    },
    {
      name: 'leaves files without the mark and the folders that hold them',
      before: { 'docs/old/mine.md': 'mine', 'docs/old/a.md': A },
      emit: { 'docs/b.md': B },
      after: { 'docs/old/mine.md': 'mine', 'docs/b.md': B },
    },
    {
      name: 'takes a mark after the first KiB for none',
      before: { 'docs/mine.md': ' '.repeat(1024) + A },
      emit: {},
      after: { 'docs/mine.md': ' '.repeat(1024) + A },
    },
    {
      name: 'leaves generated files of targets that did not run',
      before: { 'json/a.json': A },
      emit: { 'docs/a.md': A },
      after: { 'json/a.json': A, 'docs/a.md': A },
    },
    {
      name: 'takes a file that is already as emitted, mark or not',
      before: { 'docs/a.md': 'no mark' },
      emit: { 'docs/a.md': 'no mark' },
      after: { 'docs/a.md': 'no mark' },
    },
  ];
  it.each(cases)('$name', async ({ before, emit, after }) => {
    const folder = makeTree(before);
    await writeOutput(folder, emitted(emit), ['docs']);
    expect(readTree(folder)).toEqual(after);
    expect(isSame(compareOutput(folder, emitted(emit), ['docs']))).toBe(true);
  });

  it('makes the output folder', async () => {
    const folder = join(makeTree(), 'not', 'yet');
    await writeOutput(folder, emitted({ 'docs/a.md': A }), ['docs']);
    expect(readTree(folder)).toEqual({ 'docs/a.md': A });
  });

  it('tells what it did', async () => {
    const folder = makeTree({ 'docs/same.md': A, 'docs/changed.md': A, 'docs/stale.md': A });
    const done = await writeOutput(folder, emitted({ 'docs/same.md': A, 'docs/changed.md': B, 'docs/new.md': A }), [
      'docs',
    ]);
    expect(done).toEqual({
      added: [{ path: 'docs/new.md', content: A }],
      changed: [{ path: 'docs/changed.md', content: B }],
      removed: ['docs/stale.md'],
    });
  });

  it('leaves the time of a file that is the same', async () => {
    const folder = makeTree({ 'docs/same.md': A, 'docs/changed.md': A });
    const long = new Date(0);
    utimesSync(join(folder, 'docs/same.md'), long, long);
    utimesSync(join(folder, 'docs/changed.md'), long, long);
    await writeOutput(folder, emitted({ 'docs/same.md': A, 'docs/changed.md': B }), ['docs']);
    expect(statSync(join(folder, 'docs/same.md')).mtime).toEqual(long);
    expect(statSync(join(folder, 'docs/changed.md')).mtime).not.toEqual(long);
  });

  it('leaves just what was emitted and what is foreign, whatever was there before', async () => {
    const path = fc.constantFrom('docs/a.md', 'docs/b.md', 'docs/x/a.md', 'docs/x/y/a.md', 'docs/z/b.md');
    const tree = fc.dictionary(path, fc.constantFrom(A, B));
    const foreign = fc.dictionary(fc.constantFrom('docs/m.md', 'docs/x/m.md', 'm.md'), fc.constantFrom('1', '2'));
    await fc.assert(
      fc.asyncProperty(tree, tree, foreign, async (before, emit, mine) => {
        const folder = makeTree({ ...before, ...mine });
        await writeOutput(folder, emitted(emit), ['docs']);
        expect(readTree(folder)).toEqual({ ...emit, ...mine });
      }),
      { numRuns: 60 },
    );
  });
});

describe('what writeOutput refuses leaves everything as it was', () => {
  const refusals: readonly { name: string; before: Tree; path: string; code: string }[] = [
    {
      name: 'a foreign file in place of an emitted one',
      before: { 'docs/a.md': 'mine' },
      path: 'docs/a.md',
      code: 'foreign-file',
    },
    { name: 'a folder in place of a file', before: { 'docs/a.md/x': 'mine' }, path: 'docs/a.md', code: 'foreign-file' },
    { name: 'a file in place of a folder', before: { docs: 'mine' }, path: 'docs/a.md', code: 'not-a-folder' },
    { name: 'a path that leads out', before: {}, path: 'docs/../../a.md', code: 'bad-path' },
    { name: 'an absolute path', before: {}, path: '/docs/a.md', code: 'bad-path' },
    { name: 'a path of this folder', before: {}, path: 'docs/./a.md', code: 'bad-path' },
    { name: 'an empty part', before: {}, path: 'docs//a.md', code: 'bad-path' },
    { name: 'a backslash', before: {}, path: 'docs\\a.md', code: 'bad-path' },
    { name: 'a drive', before: {}, path: 'C:/docs/a.md', code: 'bad-path' },
    { name: 'a zero byte', before: {}, path: 'docs/a\0.md', code: 'bad-path' },
    { name: 'the name of its own stamp', before: {}, path: '.kfuncs-stamp.json', code: 'bad-path' },
    { name: 'a name that the system has no room for', before: {}, path: `docs/${'x'.repeat(300)}`, code: 'io' },
  ];
  it.each(refusals)('$name', async ({ before, path, code }) => {
    const folder = makeTree(before);
    const files = emitted({ 'aaa/first.md': A, [path]: B });
    await expect(writeOutput(folder, files, ['docs', 'aaa'])).rejects.toMatchObject({ name: 'OutputError', code });
    expect(readTree(folder)).toEqual(before);
  });

  it('two files at one path', async () => {
    const twice = [...emitted({ 'docs/a.md': A }), ...emitted({ 'docs/a.md': B })];
    await expect(writeOutput(makeTree(), twice, ['docs'])).rejects.toMatchObject({ code: 'bad-path' });
  });

  it('a file below another', async () => {
    const files = emitted({ 'docs/a': A, 'docs/a/b': A });
    await expect(writeOutput(makeTree(), files, ['docs'])).rejects.toMatchObject({ code: 'bad-path' });
  });

  it('a file in place of the output folder', async () => {
    const folder = makeTree({ out: 'mine' });
    const writing = writeOutput(join(folder, 'out'), emitted({ 'docs/a.md': A }), ['docs']);
    await expect(writing).rejects.toMatchObject({
      code: 'not-a-folder',
      message: expect.stringContaining('out') as string,
    });
    expect(readTree(folder)).toEqual({ out: 'mine' });
  });

  it.each(['docs', 'docs/a.md'])('a symbolic link at %s', async (at) => {
    const outside = makeTree({ 'a.md': A });
    const folder = makeTree();
    mkdirSync(join(folder, at, '..'), { recursive: true });
    symlinkSync(at === 'docs' ? outside : join(outside, 'a.md'), join(folder, at));
    await expect(writeOutput(folder, emitted({ 'docs/a.md': B }), ['docs'])).rejects.toMatchObject({ code: 'link' });
    expect(readTree(outside)).toEqual({ 'a.md': A });
  });

  it('does not follow a link to remove stale files', async () => {
    const outside = makeTree({ 'stale.md': A });
    const folder = makeTree({ 'docs/a.md': A });
    symlinkSync(outside, join(folder, 'docs/linked'));
    await writeOutput(folder, emitted({ 'docs/a.md': B }), ['docs']);
    expect(readTree(outside)).toEqual({ 'stale.md': A });
  });

  it('takes an output folder that is a link itself', async () => {
    const outside = makeTree();
    const folder = makeTree();
    symlinkSync(outside, join(folder, 'out'));
    await writeOutput(join(folder, 'out'), emitted({ 'docs/a.md': A }), ['docs']);
    expect(readTree(outside)).toEqual({ 'docs/a.md': A });
  });
});

describe('a failure in the middle', () => {
  it('takes back the moves that were made', async () => {
    const before = { 'docs/a.md': A, 'docs/stale/a.md': A };
    const folder = makeTree(before);
    const files = [
      ...emitted({ 'docs/a.md': B, 'docs/new/b.md': B }),
      {
        path: 'docs/z.md',
        // By the time it is staged, a folder stands in its place, on which no file can be moved.
        get content() {
          mkdirSync(join(folder, 'docs/z.md/x'), { recursive: true });
          return B;
        },
      },
    ];
    const writing = writeOutput(folder, files, ['docs']);
    await expect(writing).rejects.toBeInstanceOf(OutputError);
    await expect(writing).rejects.toMatchObject({ code: 'io', path: expect.stringContaining('z.md') as string });
    expect(readTree(folder)).toEqual({ ...before, 'docs/z.md/x/': '' });
  });

  it('clears away what a killed process left, and not what a living one writes', async () => {
    const folder = makeTree({
      [`.kfuncs-staging-${2 ** 30}/0`]: A,
      [`.kfuncs-staging-${process.ppid}/0`]: B,
    });
    await writeOutput(folder, emitted({ 'docs/a.md': A }), ['docs']);
    expect(readTree(folder)).toEqual({ [`.kfuncs-staging-${process.ppid}/0`]: B, 'docs/a.md': A });
  });
});

describe('compareOutput', () => {
  it('changes nothing', () => {
    const before = { 'docs/changed.md': A, 'docs/stale.md': A };
    const folder = makeTree(before);
    const found = compareOutput(folder, emitted({ 'docs/changed.md': B, 'docs/new.md': A }), ['docs']);
    expect(found.added.map((file) => file.path)).toEqual(['docs/new.md']);
    expect(found.changed.map((file) => file.path)).toEqual(['docs/changed.md']);
    expect(found.removed).toEqual(['docs/stale.md']);
    expect(readTree(folder)).toEqual(before);
  });

  it('finds a file changed by one byte', () => {
    const folder = makeTree({ 'docs/a.md': A });
    writeFileSync(join(folder, 'docs/a.md'), readFileSync(join(folder, 'docs/a.md'), 'utf8').replace('a\n', 'A\n'));
    expect(isSame(compareOutput(folder, emitted({ 'docs/a.md': A }), ['docs']))).toBe(false);
  });

  it('takes a missing folder for an empty one', () => {
    const folder = join(makeTree(), 'missing');
    expect(compareOutput(folder, emitted({ 'docs/a.md': A }), ['docs']).added).toHaveLength(1);
  });
});
