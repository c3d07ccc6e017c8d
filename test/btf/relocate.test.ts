import { describe, expect, it } from 'vitest';
import { findIdByName } from '../../src/btf/find.ts';
import { kindOf, nameOf } from '../../src/btf/btf.ts';
import { prototypeOf } from '../../src/btf/prototype.ts';
import { typeAt, typeOfKind } from '../../src/btf/read-type.ts';
import { relocateBtf } from '../../src/btf/relocate.ts';
import type { NewType } from '../../src/btf/write-btf.ts';
import {
  array,
  btfOf,
  CHAR,
  declTag,
  func,
  INT,
  LONG,
  modifier,
  prototype,
  ptr,
  struct,
  typedef,
  union,
} from './types.ts';

const fwd = (name: string, of: 'struct' | 'union' = 'struct'): NewType => ({ kind: 'fwd', name, of });
const enumOf = (name: string, size: 4 | 8): NewType => ({ kind: 'enum', name, size, signed: false, values: [] });
const longEnum: NewType = {
  kind: 'enum64',
  name: 'mask',
  size: 8,
  signed: false,
  values: [{ name: 'MASK_ALL', value: 1n << 40n }],
};

/** What a kernel has: the ids are others than in any reduced base. */
const KERNEL = btfOf([
  CHAR,
  LONG,
  INT,
  struct('page', 16, ['flags', 2], ['count', 3, 64]),
  ptr(4),
  struct('sk_buff', 8, ['len', 3], ['data', 1, 32]),
  union('key', 8, ['whole', 2]),
  longEnum,
  struct('twin', 4, ['one', 3]),
  struct('twin', 8, ['two', 2]),
  struct('bits', 4, ['low', 3, 0, 3]),
]);

/** A module on a reduced base; ids of the base are counted from 1. */
function moduleOn(base: readonly NewType[], own: (first: number) => readonly NewType[]) {
  const reduced = btfOf(base);
  return btfOf(own(reduced.typeCount), { base: reduced });
}

describe('a module with a reduced base', () => {
  const split = moduleOn([INT, struct('sk_buff', 8), struct('page', 16), fwd('key', 'union')], (first) => [
    ptr(2),
    prototype(1, ['skb', first], ['sz__k', 1]),
    func('acme_read', first + 1),
    struct('acme', 32, ['page', first + 4], ['skb', first, 64], ['key', first + 6, 128]),
    modifier('const', 3),
    declTag('bpf_kfunc', first + 2),
    ptr(4),
    array(1, 4),
    typedef('page', 3),
  ]);
  const moved = relocateBtf(split, KERNEL);
  const idOf = (name: string, kind: 'func' | 'struct' | 'typedef'): number => findIdByName(moved, name, kind) ?? -1;
  const first = KERNEL.typeCount;

  it('has its own types behind those of the kernel', () => {
    expect([moved.base, moved.firstId, moved.typeCount]).toEqual([KERNEL, first, first + 9]);
    expect(idOf('acme_read', 'func')).toBe(first + 2);
  });

  it('refers to the types of the kernel', () => {
    const { returns, parameters } = prototypeOf(moved, idOf('acme_read', 'func'));
    expect(nameOf(moved, returns)).toBe('int');
    expect(returns).toBe(findIdByName(KERNEL, 'int', 'int'));
    expect(parameters.map(({ name }) => name)).toEqual(['skb', 'sz__k']);
    expect(typeAt(moved, parameters[0]?.type ?? 0)).toMatchObject({
      kind: 'ptr',
      type: findIdByName(KERNEL, 'sk_buff', 'struct'),
    });
  });

  it('refers to its own types', () => {
    const [page, skb] = typeOfKind(moved, idOf('acme', 'struct'), 'struct').members;
    expect([page?.type, skb?.type]).toEqual([first + 4, first]);
    expect(typeAt(moved, first + 4)).toMatchObject({ kind: 'const', type: findIdByName(KERNEL, 'page', 'struct') });
    expect(typeAt(moved, first + 5)).toMatchObject({ kind: 'decl_tag', text: 'bpf_kfunc', type: first + 2 });
    expect(typeAt(moved, first + 7)).toMatchObject({ kind: 'array', type: 3, indexType: 3, length: 4 });
  });

  it('finds a union that is only declared', () => {
    expect(kindOf(moved, (typeAt(moved, first + 6) as { type: number }).type)).toBe('union');
  });

  it('has a name that stood in the strings of its base', () => {
    expect(nameOf(moved, idOf('page', 'typedef'))).toBe('page');
  });

  it('is left as it was', () => {
    expect(nameOf(split, prototypeOf(split, split.firstId + 2).returns)).toBe('int');
  });
});

describe('a type of the reduced base', () => {
  const onlyType = (type: NewType, member = false) =>
    moduleOn([type], (first) => [ptr(1), ...(member ? [struct('holder', 8, ['held', 1])] : []), ptr(first)]);
  const target = (type: NewType, member = false): number => {
    const moved = relocateBtf(onlyType(type, member), KERNEL);
    return (typeAt(moved, moved.firstId) as { type: number }).type;
  };

  it('is an enum of 64 bits in the kernel', () => {
    expect(nameOf(KERNEL, target(enumOf('mask', 8)))).toBe('mask');
  });

  it('is told from another of its name by its size', () => {
    expect([target(struct('twin', 4)), target(struct('twin', 8))]).toEqual([9, 10]);
  });

  it('may have another size where it is only pointed to', () => {
    expect(target(struct('page', 64))).toBe(4);
  });

  it('may be only declared, and have bitfields', () => {
    expect(target(fwd('bits'))).toBe(11);
  });

  it.each([
    ['is missing', struct('nothing', 8), false],
    ['is of another kind', union('page', 16), false],
    ['is a member and has another size', struct('page', 64), true],
    ['has another encoding', { ...INT, encoding: 'unsigned' } as NewType, false],
    ['has another size', { ...INT, size: 8, bits: 64 } as NewType, false],
    ['is none that a reduced base has', typedef('page', 0), false],
  ])('makes the base one that does not fit where it %s', (_, type, member) => {
    expect(() => relocateBtf(onlyType(type, member), KERNEL)).toThrow(
      expect.objectContaining({ code: 'bad-base', typeId: 1 }),
    );
  });

  it('makes it one that does not fit where two types fit', () => {
    const kernel = btfOf([INT, struct('twin', 4, ['one', 1]), struct('twin', 4, ['two', 1])]);
    expect(() => relocateBtf(onlyType(struct('twin', 4)), kernel)).toThrow(/fits more than one type/);
  });
});

it('needs split BTF', () => {
  expect(() => relocateBtf(KERNEL, KERNEL)).toThrow(expect.objectContaining({ code: 'bad-base' }));
});
