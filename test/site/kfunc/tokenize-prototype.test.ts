import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitParameters, tokenizePrototype } from '../../../site/kfunc/tokenize-prototype.ts';

describe('the pieces of a prototype', () => {
  it('say what they are', () => {
    const tokens = tokenizePrototype('struct nf_conn *get(const u32 id[4], unsigned int n)', 'get');
    expect(tokens.filter(({ kind }) => kind !== 'other').map(({ kind, text }) => `${text}: ${kind}`)).toEqual([
      'struct: keyword',
      'nf_conn: type',
      'get: function',
      'const: keyword',
      'u32: type',
      'id: parameter',
      '4: type',
      'unsigned: keyword',
      'int: type',
      'n: parameter',
    ]);
  });

  it('are the prototype again', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, name) => {
        expect(
          tokenizePrototype(text, name)
            .map((token) => token.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('parameters are split where no bracket is open', () => {
    expect(splitParameters('int (*callback_fn)(void *map, int *key), unsigned int flags, ...')).toEqual([
      'int (*callback_fn)(void *map, int *key)',
      'unsigned int flags',
      '...',
    ]);
  });
});
