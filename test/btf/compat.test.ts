import { describe, expect, it } from 'vitest';
import { typesAreCompatible } from '../../src/btf/compat.ts';
import type { NewType } from '../../src/btf/write-btf.ts';
import { array, btfOf, func, INT, LONG, modifier, prototype, ptr, struct, typedef, typeTag, union } from './types.ts';

const FORWARD: NewType = { kind: 'fwd', name: 'f', of: 'struct' };
const ENUM: NewType = { kind: 'enum', name: 'e', size: 4, signed: false, values: [{ name: 'A', value: 1n }] };
const ENUM64: NewType = { kind: 'enum64', name: 'e', size: 8, signed: false, values: [{ name: 'A', value: 1n }] };
const FLOAT: NewType = { kind: 'float', name: 'float', size: 4 };
const BITFIELD: NewType = { kind: 'int', name: 'b', size: 4, bits: 8, bitOffset: 8, encoding: 'unsigned' };

/** Some types, the last of which is compared. */
type Types = readonly NewType[];

/** A prototype whose only parameter is one whose only parameter … so many levels deep. */
function nested(levels: number): Types {
  const types: NewType[] = [INT, prototype(1, ['a', 1])];
  for (let level = 1; level < levels; level++) types.push(prototype(1, ['a', types.length]));
  return types;
}

function compare(local: Types, target: Types, enum64 = true): number {
  const [one, other] = [btfOf(local), btfOf(target)];
  return typesAreCompatible({ btf: one, id: local.length }, { btf: other, id: target.length }, { enum64 });
}

describe('types are compatible as bpf_core_types_are_compat() has it', () => {
  const cases: readonly (readonly [string, Types, Types, number])[] = [
    ['integers, whatever their size', [INT], [LONG], 1],
    ['no integers that are bitfields', [INT], [BITFIELD], 0],
    ['structs, whatever is in them', [INT, struct('a', 4, ['x', 1, 0])], [struct('b', 8)], 1],
    ['no struct and union', [struct('a', 4)], [union('a', 4)], 0],
    ['no struct and declaration', [struct('f', 4)], [FORWARD], 0],
    ['declarations', [FORWARD], [FORWARD], 1],
    ['enumerations', [ENUM], [ENUM], 1],
    ['no floating point numbers', [FLOAT], [FLOAT], 0],
    ['no functions', [INT, prototype(1), func('f', 2)], [INT, prototype(1), func('f', 2)], 0],
    ['pointers to what is compatible', [INT, ptr(1)], [LONG, ptr(1)], 1],
    ['no pointers to what is not', [struct('a', 4), ptr(1)], [union('a', 4), ptr(1)], 0],
    ['pointers to nothing', [ptr(0)], [ptr(0)], 1],
    ['arrays, whatever their length', [INT, array(1, 2)], [INT, array(1, 9)], 1],
    [
      'through modifiers of what is pointed to',
      [INT, modifier('const', 1), ptr(2)],
      [INT, typeTag('user', 1), ptr(2)],
      1,
    ],
    ['no typedef and what it stands for, at the root', [INT, typedef('t', 1)], [INT], 0],
    ['a typedef and what it stands for, behind a pointer', [INT, typedef('t', 1), ptr(2)], [INT, ptr(1)], 1],
    ['prototypes', [INT, prototype(1, ['a', 1])], [LONG, prototype(1, ['b', 1])], 1],
    ['no prototypes of other numbers of parameters', [INT, prototype(1, ['a', 1])], [INT, prototype(1)], 0],
    ['no prototypes of other results', [INT, prototype(1)], [INT, prototype(0)], 0],
    ['prototypes to a depth of two', nested(2), nested(2), 1],
    ['not known beyond', nested(3), nested(3), -22],
  ];

  it.each(cases)('%s', (_, local, target, result) => {
    expect(compare(local, target)).toBe(result);
  });

  it('enumerations of 32 and of 64 bits from v6.0 on', () => {
    expect([compare([ENUM], [ENUM64]), compare([ENUM], [ENUM64], false)]).toEqual([1, 0]);
  });

  it('as far as 32 pointers, arrays and results', () => {
    const pointers = (count: number): Types => [INT, ...Array.from({ length: count }, (_, index) => ptr(index + 1))];
    expect(compare(pointers(31), pointers(31))).toBe(1);
    expect(compare(pointers(32), pointers(32))).toBe(-22);
  });

  it('ids that are no types are not', () => {
    const btf = btfOf([INT]);
    expect(typesAreCompatible({ btf, id: 1 }, { btf, id: 9 })).toBe(-22);
  });
});
