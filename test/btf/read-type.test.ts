import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, nameOf, targetOf } from '../../src/btf/btf.ts';
import { BtfError } from '../../src/btf/btf-error.ts';
import type { BtfLinkage } from '../../src/btf/btf-type.ts';
import { prototypeOf } from '../../src/btf/prototype.ts';
import { typeAt } from '../../src/btf/read-type.ts';
import type { NewType } from '../../src/btf/write-btf.ts';
import {
  array,
  btfOf,
  CHAR,
  declTag,
  func,
  INT,
  modifier,
  prototype,
  ptr,
  struct,
  typedef,
  typeTag,
  union,
} from './types.ts';

const LINKAGES: readonly BtfLinkage[] = ['static', 'global', 'extern'];

/** One type of every kind, and each way that a kind can be written. */
const EVERY_KIND: readonly NewType[] = [
  INT,
  { kind: 'int', name: '_Bool', size: 1, bits: 8, bitOffset: 0, encoding: 'bool' },
  { kind: 'int', name: 'char', size: 1, bits: 8, bitOffset: 0, encoding: 'char' },
  { kind: 'int', name: 'unsigned int', size: 4, bits: 3, bitOffset: 5, encoding: 'unsigned' },
  { kind: 'float', name: 'double', size: 8 },
  ptr(0),
  modifier('const', 1),
  modifier('volatile', 7),
  modifier('restrict', 6),
  array(1, 0xffffffff),
  struct('plain', 8, ['a', 1, 0], ['', 10, 32]),
  struct('', 4, ['bits', 1, 3, 5], ['more', 1, 8, 0xff]),
  union('either', 4, ['a', 1], ['b', 3]),
  { kind: 'enum', name: 'signed', size: 4, signed: true, values: [{ name: 'A', value: -1n }] },
  { kind: 'enum', name: '', size: 1, signed: false, values: [{ name: 'B', value: 0xffffffffn }] },
  { kind: 'enum64', name: 'wide', size: 8, signed: true, values: [{ name: 'C', value: -(1n << 63n) }] },
  { kind: 'enum64', name: 'unsigned', size: 8, signed: false, values: [{ name: 'D', value: (1n << 64n) - 1n }] },
  { kind: 'fwd', name: 'later', of: 'struct' },
  { kind: 'fwd', name: 'later', of: 'union' },
  typedef('alias', 1),
  prototype(1, ['a', 6], ['', 1]),
  { kind: 'func_proto', returns: 0, parameters: [{ name: 'format', type: 6 }], isVariadic: true },
  ...LINKAGES.map((linkage): NewType => ({ kind: 'func', name: 'function', type: 21, linkage })),
  ...LINKAGES.map((linkage): NewType => ({ kind: 'var', name: 'variable', type: 1, linkage })),
  { kind: 'datasec', name: '.data..percpu', size: 12, variables: [{ type: 27, offset: 4, size: 8 }] },
  declTag('bpf_kfunc', 23),
  declTag('of a member', 11, 1),
  typeTag('user', 1),
  { kind: 'type_tag', text: 'address_space(1)', type: 1, isAttribute: true },
  { kind: 'decl_tag', text: 'täg', type: 1, component: undefined, isAttribute: true },
];

describe('what is written is read', () => {
  it.each([
    { littleEndian: true, isSplit: false },
    { littleEndian: false, isSplit: false },
    { littleEndian: true, isSplit: true },
    { littleEndian: false, isSplit: true },
  ])('every kind, little endian $littleEndian, split $isSplit', ({ littleEndian, isSplit }) => {
    const base = isSplit
      ? btfOf([INT, typedef('function', 1), struct('plain', 4, ['a', 1])], { littleEndian })
      : undefined;
    const btf = btfOf(EVERY_KIND, base === undefined ? { littleEndian } : { littleEndian, base });
    const first = base?.typeCount ?? 1;
    const read = EVERY_KIND.map((_, index) => typeAt(btf, first + index));
    expect(read).toEqual(EVERY_KIND.map((type, index) => ({ ...type, id: first + index })));
    expect(read.map(({ kind }) => kind)).toEqual(EVERY_KIND.map((_, index) => kindOf(btf, first + index)));
  });

  it('any list of types, in any byte order and at any alignment', () => {
    const name = fc.stringMatching(/^[A-Za-z_]\w{0,20}$/);
    const id = fc.nat(8);
    const type: fc.Arbitrary<NewType> = fc.oneof(
      id.map(ptr),
      fc.tuple(name, id).map(([text, target]) => typedef(text, target)),
      fc
        .tuple(name, fc.array(fc.tuple(name, fc.integer({ min: 1, max: 8 })), { maxLength: 5 }))
        .map(([text, members]) =>
          struct(
            text,
            4 * members.length,
            ...members.map(([member, target], at) => [member, target, 32 * at] as const),
          ),
        ),
      fc.tuple(id, fc.array(fc.tuple(name, id), { maxLength: 5 })).map(([to, list]) => prototype(to, ...list)),
    );
    fc.assert(
      fc.property(fc.array(type, { minLength: 8, maxLength: 20 }), fc.boolean(), (types, littleEndian) => {
        const btf = btfOf(types, { littleEndian });
        expect(types.map((_, index) => typeAt(btf, index + 1))).toEqual(
          types.map((wanted, index) => ({ ...wanted, id: index + 1 })),
        );
      }),
    );
  });
});

describe('ids', () => {
  const base = btfOf([INT, typedef('alias', 1)]);
  const split = btfOf([ptr(2), typedef('other', 3)], { base });

  it('of void is 0, and nothing is known of it', () => {
    expect(typeAt(split, 0)).toEqual({ kind: 'void', id: 0 });
    expect([kindOf(split, 0), nameOf(split, 0), targetOf(split, 0)]).toEqual(['void', '', 0]);
  });

  it('of split BTF follow those of its base', () => {
    expect([split.firstId, split.typeCount]).toEqual([3, 5]);
    expect([1, 2, 3, 4].map((id) => `${kindOf(split, id)} ${nameOf(split, id)}`)).toEqual([
      'int int',
      'typedef alias',
      'ptr ',
      'typedef other',
    ]);
  });

  it.each([-1, 5, 0.5 + 5, NaN])('%d is refused', (id) => {
    expect(() => typeAt(split, id)).toThrow(BtfError);
    expect(() => nameOf(split, id)).toThrow(expect.objectContaining({ code: 'bad-id' }));
  });
});

describe('a function', () => {
  it('has the prototype that it refers to', () => {
    const btf = btfOf([INT, prototype(1, ['a', 1]), func('f', 2)]);
    expect(prototypeOf(btf, 3)).toMatchObject({ id: 2, returns: 1, parameters: [{ name: 'a', type: 1 }] });
  });

  it.each([
    ['refers to no prototype', [INT, func('f', 1)], 2],
    ['is none', [INT, CHAR], 2],
  ])('has none where it %s', (_, types, id) => {
    expect(() => prototypeOf(btfOf(types), id)).toThrow(expect.objectContaining({ code: 'bad-record' }));
  });
});
