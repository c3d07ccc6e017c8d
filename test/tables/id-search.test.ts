import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findId } from '../../src/tables/id-search.ts';

describe('findId', () => {
  it.each([
    { ids: [], id: 1, position: -1 },
    { ids: [5], id: 5, position: 0 },
    { ids: [5], id: 4, position: -1 },
    { ids: [5], id: 6, position: -1 },
    { ids: [1, 2], id: 1, position: 0 },
    { ids: [1, 2], id: 2, position: 1 },
    { ids: [0, 0, 7], id: 7, position: 2 },
    { ids: [4, 4], id: 4, position: 1 },
    { ids: [4, 4, 4, 5], id: 4, position: 2 },
    { ids: [-3, 0, 3], id: -3, position: 0 },
  ])('finds $id in $ids at $position', ({ ids, id, position }) => {
    expect(findId(Int32Array.from(ids), id)).toBe(position);
  });

  it('takes an unsigned id as the signed number of the same bits', () => {
    expect(findId(Int32Array.from([-1, 0, 1]), 0xffffffff)).toBe(0);
  });

  it('may miss ids in an array that is not sorted, as the kernel does', () => {
    expect(findId(Int32Array.from([9, 5, 1]), 1)).toBe(-1);
  });

  it('finds exactly the ids that are there', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (ids, other) => {
        const sorted = Int32Array.from(ids).sort();
        for (const id of [...ids, other]) {
          const position = findId(sorted, id);
          expect(position === -1 ? undefined : sorted[position]).toBe(ids.includes(id) ? id : undefined);
        }
      }),
    );
  });
});
