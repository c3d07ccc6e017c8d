import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSlots, type Slot } from '../../../../generator/importers/merge/slots.ts';

const KERNELS = 6;
const outer = { from: 0, to: KERNELS };

function keysOf(slots: readonly Slot[], kernel: number): readonly string[] {
  return slots.filter(({ range }) => range.from <= kernel && kernel < range.to).map(({ key }) => key);
}

/** Written short: `a0-3` is an entry for kernels 0 to before 3; kernels are lists of keys. */
function plan(standing: string, kernels: readonly string[]): string {
  const entries = standing.split(' ').flatMap((text) => {
    const [, key, from, to] = /^(\w)(\d)-(\d)$/.exec(text) ?? [];
    return key === undefined ? [] : [{ key, range: { from: Number(from), to: Number(to) } }];
  });
  return planSlots(entries, { from: 0, to: kernels.length }, (kernel) => (kernels[kernel] ?? '').match(/./g) ?? [])
    .map(({ key, range, from }) => `${from === undefined ? '+' : ''}${key}${String(range.from)}-${String(range.to)}`)
    .join(' ');
}

describe('planSlots', () => {
  it.each([
    ['keeps what is right', 'a0-3 b1-2', ['a', 'ab', 'a'], 'a0-3 b1-2'],
    ['keeps two entries that are right together', 'a0-1 a1-3', ['a', 'a', 'a'], 'a0-1 a1-3'],
    ['lengthens a range', 'a0-2', ['a', 'a', 'a'], 'a0-3'],
    ['parts a range', 'a0-3', ['a', '', 'a'], 'a0-1 +a2-3'],
    ['keeps the entry for the kernels it is of', 'a2-3', ['a', '', 'a'], '+a0-1 a2-3'],
    ['joins two entries', 'a0-1 b0-3 a2-3', ['ab', 'ab', 'ab'], 'a0-3 b0-3'],
    ['takes out what no kernel has', 'a0-3 b0-3', ['a', 'a', 'a'], 'a0-3'],
    ['moves an entry to other kernels', 'a0-1', ['', 'a', ''], 'a1-2'],
    ['adds behind what comes before', 'a0-3 c0-3', ['ac', 'abc', 'ac'], 'a0-3 +b1-2 c0-3'],
    ['adds before what comes behind, where nothing comes before', 'b0-2', ['b', 'ab'], '+a1-2 b0-2'],
    ['adds at the end where nothing is near', 'b0-1', ['b', 'a'], 'b0-1 +a1-2'],
    ['adds several in order', '', ['abc'], '+a0-1 +b0-1 +c0-1'],
    ['leaves an entry that holds for nothing', 'a2-2 b0-1', ['b', ''], 'a2-2 b0-1'],
  ])('%s', (_, standing, kernels, expected) => {
    expect(plan(standing, kernels)).toBe(expected);
  });

  const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 });
  const kernels = fc.array(keys, { minLength: KERNELS, maxLength: KERNELS });
  const standing = fc.array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      range: fc.record({ from: fc.nat(KERNELS), to: fc.nat(KERNELS) }),
    }),
    { maxLength: 6 },
  );

  it('gives every kernel what it shall have, whatever stood before, and then changes nothing more', () => {
    fc.assert(
      fc.property(standing, kernels, (before, wanted) => {
        const slots = planSlots(before, outer, (kernel) => wanted[kernel] ?? []);
        for (const [kernel, list] of wanted.entries()) {
          expect([...keysOf(slots, kernel)].sort()).toEqual([...list].sort());
        }
        const again = planSlots(slots, outer, (kernel) => wanted[kernel] ?? []);
        expect(again).toEqual(slots.map((slot, from) => ({ ...slot, from })));
      }),
    );
  });
});
