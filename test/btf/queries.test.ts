import { describe, expect, it } from 'vitest';
import type { BtfErrorCode } from '../../src/btf/btf-error.ts';
import { LIMITS } from '../../src/btf/btf-layout.ts';
import { findIdByName, findIdsByName } from '../../src/btf/find.ts';
import { skipModifiers, skipTypedefs } from '../../src/btf/follow.ts';
import { findMember } from '../../src/btf/members.ts';
import { typeOfKind } from '../../src/btf/read-type.ts';
import { memberBits, pointerBytes, sizeOf } from '../../src/btf/size.ts';
import { declTagsOf, findTagged, typeTagsOf } from '../../src/btf/tags.ts';
import type { NewType } from '../../src/btf/write-btf.ts';
import {
  array,
  btfOf,
  declTag,
  func,
  INT,
  LONG,
  modifier,
  prototype,
  ptr,
  struct,
  typedef,
  typeTag,
  union,
} from './types.ts';

const withCode = (code: BtfErrorCode): unknown => expect.objectContaining({ code });

/** const → volatile → … → int, as many as said; the first is 2, the int 1. */
function chain(length: number): readonly NewType[] {
  const last = length + 1;
  return [INT, ...Array.from({ length }, (_, at) => modifier('const', at + 2 === last ? 1 : at + 3))];
}

describe('names', () => {
  const base = btfOf([INT, struct('a', 4, ['x', 1]), typedef('a', 2), struct('a', 8), prototype(0), func('f', 5)]);
  const split = btfOf([typedef('a', 1), func('g', 5), struct('own', 4)], { base });

  it.each([
    ['a', undefined, [2, 3, 4, 7]],
    ['a', 'struct', [2, 4]],
    ['a', 'typedef', [3, 7]],
    ['a', 'union', []],
    ['f', 'func', [6]],
    ['g', 'func', [8]],
    ['own', undefined, [9]],
    ['ow', undefined, []],
    ['x', undefined, []],
    ['', undefined, []],
    ['a\0', undefined, []],
  ] as const)('%j of kind %s are found in ascending order, the base first', (name, kind, ids) => {
    expect(findIdsByName(split, name, kind)).toEqual(ids);
  });

  it('are found by the smallest id', () => {
    expect(findIdByName(split, 'a', 'typedef')).toBe(3);
    expect(findIdByName(split, 'nothing', 'typedef')).toBeUndefined();
  });

  it('that begin alike for long are told apart', () => {
    const names = Array.from({ length: 50 }, (_, at) => `${'long_'.repeat(20)}${String(at)}`);
    const btf = btfOf(names.map((name) => typedef(name, 0)));
    expect(names.map((name) => findIdsByName(btf, name))).toEqual(names.map((_, at) => [at + 1]));
  });
});

describe('modifiers', () => {
  it('and typedefs are skipped, or modifiers alone', () => {
    const btf = btfOf([
      INT,
      typedef('t', 1),
      modifier('const', 2),
      typeTag('tag', 3),
      modifier('volatile', 4),
      modifier('restrict', 5),
    ]);
    expect([skipModifiers(btf, 6), skipTypedefs(btf, 6), skipTypedefs(btf, 1), skipTypedefs(btf, 0)]).toEqual([
      2, 1, 1, 0,
    ]);
  });

  it('are followed as far as the kernel does', () => {
    expect(skipModifiers(btfOf(chain(LIMITS.depth)), 2)).toBe(1);
    expect(() => skipModifiers(btfOf(chain(LIMITS.depth + 1)), 2)).toThrow(withCode('chain-too-long'));
  });

  it('that go round in a circle are an error that names the type', () => {
    const btf = btfOf([typedef('around', 2), modifier('const', 1)]);
    for (const follow of [skipTypedefs, sizeOf]) {
      expect(() => follow(btf, 1)).toThrow(
        expect.objectContaining({ code: 'chain-too-long', typeId: 1, typeName: 'around' }),
      );
    }
  });
});

describe('sizes', () => {
  const btf = btfOf([
    INT,
    ptr(0),
    array(1, 6),
    array(3, 2),
    struct('s', 24, ['a', 4]),
    typedef('t', 5),
    array(6, 3),
    { kind: 'fwd', name: 'f', of: 'struct' },
    prototype(0),
    array(1, 0x7fffffff),
    array(10, 0),
    array(11, 0xffffffff),
  ]);

  it.each([
    ['an int', 1, 4],
    ['a pointer', 2, 8],
    ['an array', 3, 24],
    ['an array of arrays', 4, 48],
    ['a struct', 5, 24],
    ['an array of typedefs of structs', 7, 72],
    ['many times nothing', 12, 0],
  ])('%s', (_, id, size) => {
    expect(sizeOf(btf, id)).toBe(size);
  });

  it.each<[string, number, BtfErrorCode]>([
    ['void', 0, 'no-size'],
    ['a forward declaration', 8, 'no-size'],
    ['a prototype', 9, 'no-size'],
    ['more than 4 GiB', 10, 'too-big'],
  ])('%s has none', (_, id, code) => {
    expect(() => sizeOf(btf, id)).toThrow(withCode(code));
  });

  it('of an array in itself is an error', () => {
    expect(() => sizeOf(btfOf([INT, array(2, 1)]), 2)).toThrow(withCode('too-deep'));
  });

  it.each([
    [
      'of a machine with a long of 4 bytes',
      [{ ...LONG, kind: 'int', name: 'long int', size: 4, bits: 32 } as NewType],
      4,
    ],
    ['of one with a long of 8', [LONG], 8],
    ['where there is no long', [INT], 8],
  ])('of a pointer %s', (_, types, bytes) => {
    expect(pointerBytes(btfOf(types))).toBe(bytes);
  });
});

describe('members', () => {
  const narrow: NewType = { kind: 'int', name: 'unsigned int', size: 4, bits: 3, bitOffset: 5, encoding: 'unsigned' };
  const btf = btfOf([
    INT,
    struct('', 8, ['deep', 1, 0], ['deeper', 1, 32]),
    union('', 8, ['either', 1], ['', 2]),
    struct('s', 16, ['first', 1, 0], ['bits', 1, 35, 7], ['', 3, 64]),
    typedef('t', 4),
    narrow,
    struct('old', 4, ['bits', 6, 8]),
  ]);

  it.each([
    ['first', 0],
    ['either', 64],
    ['deep', 64],
    ['deeper', 96],
  ])('%s is found, with its offset from the start', (name, bitOffset) => {
    expect(findMember(btf, 5, name)).toMatchObject({ name, type: 1, bitOffset });
  });

  it('that are not there are not found, nor those of what is no struct', () => {
    expect(findMember(btf, 4, 'other')).toBeUndefined();
    expect(findMember(btf, 1, 'first')).toBeUndefined();
  });

  it.each([
    ['that say their bits', 4, 1, { offset: 35, size: 7 }],
    ['whose type has fewer bits', 7, 0, { offset: 13, size: 3 }],
    ['that are none', 4, 0, undefined],
  ])('bitfields %s', (_, id, index, bits) => {
    const { members } = typeOfKind(btf, id, 'struct');
    expect(members.slice(index, index + 1).map((member) => memberBits(btf, member))).toEqual([bits]);
  });

  it('of structs that nest twice in each other are searched once each', () => {
    const depth = 30;
    const nested = Array.from({ length: depth }, (_, at) => struct('', 4, ['', at + 1], ['', at + 1]));
    expect(findMember(btfOf([struct('', 4), ...nested]), depth + 1, 'nothing')).toBeUndefined();
  });

  it('of a struct in itself are an error', () => {
    expect(() => findMember(btfOf([struct('', 4, ['', 1])]), 1, 'nothing')).toThrow(withCode('too-deep'));
  });
});

describe('tags', () => {
  const base = btfOf([
    INT,
    struct('s', 8, ['a', 1], ['b', 1, 32]),
    declTag('on b', 2, 1),
    prototype(1, ['x', 1]),
    func('f', 4),
    declTag('bpf_kfunc', 5),
    declTag('on x', 5, 0),
    declTag('whole', 2),
    typeTag('user', 1),
    modifier('const', 9),
    ptr(10),
  ]);
  const split = btfOf([declTag('later', 2), func('g', 4), declTag('bpf_kfunc', 13)], { base });

  it('of a type, its members and parameters', () => {
    const texts = (id: number): unknown => declTagsOf(split, id).map(({ text, component }) => [text, component]);
    expect([2, 5, 1].map(texts)).toEqual([
      [
        ['on b', 1],
        ['whole', undefined],
        ['later', undefined],
      ],
      [
        ['bpf_kfunc', undefined],
        ['on x', 0],
      ],
      [],
    ]);
  });

  it('lead to the types that have them', () => {
    expect(findTagged(base, 'bpf_kfunc')).toEqual([5]);
    expect(findTagged(split, 'bpf_kfunc')).toEqual([13]);
  });

  it('of what a pointer points to', () => {
    expect(typeTagsOf(base, 10).map(({ text }) => text)).toEqual(['user']);
    expect(typeTagsOf(base, 11)).toEqual([]);
  });

  it.each([
    ['member', [INT, struct('s', 4, ['a', 1]), declTag('t', 2, 1)], 2],
    ['parameter', [INT, prototype(0), func('f', 2), declTag('t', 3, 0)], 3],
    ['part of a variable', [INT, { kind: 'var', name: 'v', type: 1, linkage: 'global' }, declTag('t', 2, 0)], 2],
  ] as [string, NewType[], number][])('on a %s that is not there are an error', (_, types, id) => {
    expect(() => declTagsOf(btfOf(types), id)).toThrow(withCode('bad-record'));
  });
});
