import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../generator/diagnostics/apply-fixes.ts';
import { diagnose } from '../../../generator/diagnostics/diagnose.ts';
import { frame } from '../../../generator/diagnostics/format/frame.ts';
import { nearest } from '../../../generator/diagnostics/nearest.ts';
import { lineStartsOf, positionAt, type SourceFile } from '../../../generator/diagnostics/source-file.ts';
import { unknownKey } from '../../../generator/rules/format.rule.ts';

function sourceFile(text: string): SourceFile {
  return { name: 'a.yaml', text, lineStarts: lineStartsOf(text), locate: () => ({ start: 0, end: 0 }) };
}

describe('nearest', () => {
  const hooks = ['xdp', 'tc', 'struct_ops', 'tracing', 'syscall'];
  it.each([
    ['xpd', 'xdp'],
    ['XDP', 'xdp'],
    ['tracin', 'tracing'],
    ['structops', 'struct_ops'],
    ['sycsall', 'syscall'],
    ['kprobe', undefined],
    ['', undefined],
  ])('%j is meant as %s', (name, expected) => {
    expect(nearest(name, hooks)).toBe(expected);
  });

  it('finds every name itself', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (names) => {
        const [first] = names;
        expect(nearest(first ?? '', names)?.toLowerCase()).toBe(first?.toLowerCase());
      }),
    );
  });
});

describe('positionAt', () => {
  it('counts lines and columns as splitting the text does', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r') }), fc.nat(), (text, at) => {
        const offset = Math.min(at, text.length);
        const before = text.slice(0, offset).split('\n');
        expect(positionAt(sourceFile(text), offset)).toEqual({
          line: before.length,
          column: (before.at(-1)?.length ?? 0) + 1,
        });
      }),
    );
  });
});

describe('frame', () => {
  const plain = (text: string): string => text;
  it.each([
    ['a range in a line', 'a: 1\nbcd: 2\n', 5, 8, ['2 | bcd: 2', '  | ^^^']],
    ['a range over lines', 'abc\ndef\n', 1, 6, ['1 | abc', '  |  ^^']],
    ['the end of the file', 'abc', 3, 4, ['1 | abc', '  |    ^']],
    ['tabs', '\tabc', 1, 4, ['1 |  abc', '  |  ^^^']],
  ])('shows %s', (_, text, start, end, lines) => {
    expect(frame(sourceFile(text), { start, end }, plain, 100)).toEqual(lines);
  });

  it.each([120, 80, 40, 10])('cuts long lines around the range, for %i columns', (width) => {
    const text = `${'x'.repeat(500)}HERE${'y'.repeat(500)}`;
    const [line, carets] = frame(sourceFile(text), { start: 500, end: 504 }, plain, width);
    expect(line?.length).toBeLessThanOrEqual(Math.max(width, 30));
    const at = carets?.indexOf('^') ?? 0;
    expect(line?.slice(at, at + 4)).toBe('HERE');
    expect(carets?.replace(/^.*?(\^+)$/, '$1')).toBe('^^^^');
  });
});

describe('applyFixes', () => {
  const file = sourceFile('ownr: a\nsorce: b\n');
  const finding = (start: number, end: number, newText: string) =>
    diagnose(unknownKey, {
      message: 'near',
      values: { key: 'k', nearest: 'n' },
      file,
      range: { start, end },
      fix: [{ range: { start, end }, newText }],
    });
  const apply = (edits: ReturnType<typeof finding>[], isSound = (text: string) => text !== '') =>
    applyFixes(file.text, edits, isSound);

  it('makes edits at their places, whatever their order', () => {
    const both = [finding(0, 4, 'owner'), finding(8, 13, 'source')];
    expect(apply(both)).toEqual({ text: 'owner: a\nsource: b\n', applied: 2 });
    expect(apply(both.reverse())).toEqual({ text: 'owner: a\nsource: b\n', applied: 2 });
  });

  it('leaves one of two that overlap for the next run', () => {
    expect(apply([finding(0, 4, 'owner'), finding(2, 6, 'x')])).toMatchObject({ applied: 1 });
  });

  it('makes an edit that several findings share once', () => {
    expect(apply([finding(0, 4, 'owner'), finding(0, 4, 'owner')])).toEqual({
      text: 'owner: a\nsorce: b\n',
      applied: 1,
    });
  });

  it('leaves out what would break the file', () => {
    const edits = [finding(0, 4, 'owner'), finding(8, 13, '{{')];
    expect(apply(edits, (text) => !text.includes('{{'))).toEqual({ text: 'owner: a\nsorce: b\n', applied: 1 });
  });
});
