import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, intersection, lineIn, newestOf, positionsOf, rangesOf, union } from '../../../site/data/ranges.ts';

const positions = fc.array(fc.nat({ max: 30 }));

describe('ranges of kernels', () => {
  it('hold what they were made of, and nothing else', () => {
    fc.assert(
      fc.property(positions, (given) => {
        const ranges = rangesOf(given);
        const wanted = [...new Set(given)].sort((a, b) => a - b);
        expect(positionsOf(ranges)).toEqual(wanted);
        expect(Array.from({ length: 31 }, (_, at) => at).filter((at) => holds(ranges, at))).toEqual(wanted);
        expect(newestOf(ranges)).toBe(wanted.at(-1));
      }),
    );
  });

  it('never touch: there is one way to write them', () => {
    fc.assert(
      fc.property(positions, positions, (a, b) => {
        expect(union([rangesOf(a), rangesOf(b)])).toEqual(rangesOf([...b, ...a]));
      }),
    );
    expect(rangesOf([3, 1, 2, 7])).toEqual([1, 3, 7, 7]);
  });
});

describe('the kernels of two', () => {
  it('are those of both', () => {
    fc.assert(
      fc.property(positions, positions, (a, b) => {
        expect(intersection(rangesOf(a), rangesOf(b))).toEqual(rangesOf(a.filter((each) => b.includes(each))));
      }),
    );
  });
});

describe('the line of something in a kernel', () => {
  it.each([
    ['the first', 1, 10],
    ['behind a gap', 5, 30],
    ['one that is not known', 2, undefined],
    ['a kernel that has it not', 3, undefined],
  ])('%s', (_, position, line) => {
    expect(lineIn({ kernels: [1, 2, 5, 5], source: 'a.c', lines: [10, 0, 30] }, position)).toBe(line);
  });
});
