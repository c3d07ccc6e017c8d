import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILTER_KEYS, parseQuery } from '../../../site/search/query.ts';

describe('a search as it is typed', () => {
  it.each([
    ['', [], [], []],
    ['  ct   Lookup ', ['ct', 'lookup'], [], []],
    ['flag:Acquire hook:xdp ct', ['ct'], ['flag:acquire', 'hook:xdp'], []],
    ['flag:', [], [], []],
    ['flg:acquire x', ['x'], [], ['flg']],
    [':xdp', ['xdp'], [], []],
    ['config:a:b', [], ['config:a:b'], []],
  ])('%j', (text, words, filters, unknownKeys) => {
    const query = parseQuery(text);
    expect(query.words).toEqual(words);
    expect(query.filters.map(({ key, value }) => `${key}:${value}`)).toEqual(filters);
    expect(query.unknownKeys).toEqual(unknownKeys);
  });

  it('is read the same in any order of words and filters', () => {
    const word = fc.stringMatching(/^[a-z_]{1,8}$/);
    const filter = fc.tuple(fc.constantFrom(...FILTER_KEYS), word).map(([key, value]) => `${key}:${value}`);
    fc.assert(
      fc.property(fc.array(word), fc.array(filter), (words, filters) => {
        const apart = parseQuery([...words, ...filters].join(' '));
        expect(parseQuery([...filters, ...words].join('  '))).toEqual(apart);
        expect(apart).toEqual({
          words,
          filters: filters.map((each) => ({ key: each.split(':')[0], value: each.split(':')[1] })),
          unknownKeys: [],
        });
      }),
    );
  });
});
