import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBtfIdsError } from '../../../generator/btf-ids/btf-ids-error.ts';
import { resolveBtfIds } from '../../../generator/btf-ids/resolve-btf-ids.ts';
import { isBtfError } from '../../../src/btf/btf-error.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { writeBtf } from '../../../src/btf/write-btf.ts';
import { writeElf } from '../../../src/elf/write-elf.ts';
import { typesOf, wordsOf, writeObject, type BtfIdsObject } from './btf-ids-object.ts';

const files = [
  { name: 'ELF64, little-endian, relocatable', bits: 64, littleEndian: true },
  { name: 'ELF64, big-endian, relocatable', bits: 64, littleEndian: false },
  { name: 'ELF32, big-endian, linked', bits: 32, littleEndian: false, address: 0x8000_1000n },
  { name: 'ELF64, little-endian, linked', bits: 64, littleEndian: true, address: 0xffff_ffff_8282_5e2cn },
] as const;

describe.each(files)('.BTF_ids of $name', (file) => {
  const resolved = (object: BtfIdsObject): ReturnType<typeof resolveBtfIds> =>
    resolveBtfIds(writeObject({ ...object, ...file }), object.base);

  it('gets the id of every kind, wherever it is named', () => {
    const object = {
      words: [0, 0, 0, 0, 0, 0],
      symbols: [
        ['__BTF_ID__struct__x__1', 0],
        ['__BTF_ID__union__x__2', 1],
        ['__BTF_ID__typedef__x__3', 2],
        ['__BTF_ID__func__x__4', 3],
        ['__BTF_ID__struct__x__5', 5],
        ['a_label', 4],
      ],
      types: typesOf('func x', 'typedef x', 'union x', 'struct x'),
    } as const;
    const { bytes, warnings } = resolved(object);
    expect(wordsOf(bytes)).toEqual([5, 4, 3, 2, 0, 5]);
    expect(warnings).toEqual([]);
  });

  it('has its sets sorted by id, with their flags, behind their counts', () => {
    const object = {
      words: [0, 1, 0, 0xa, 0, 0xb, 0, 0xc, 0, 0, 0],
      symbols: [
        ['__BTF_ID__set8__first', 0, 32],
        ['__BTF_ID__func__c__1', 2],
        ['__BTF_ID__func__a__2', 4],
        ['__BTF_ID__func__b__3', 6],
        ['__BTF_ID__set__second', 8, 12],
        ['__BTF_ID__func__b__4', 9],
        ['__BTF_ID__func__a__5', 10],
      ],
      types: typesOf('func a', 'func b', 'func c'),
    } as const;
    expect(wordsOf(resolved(object).bytes)).toEqual([3, 1, 2, 0xb, 3, 0xc, 4, 0xa, 2, 2, 3]);
  });

  it('has what is not found in front, as 0, counted, and warned of once, names from the last to the first', () => {
    const object = {
      words: [0, 0, 0, 1, 0, 2, 0, 3, 0],
      symbols: [
        ['__BTF_ID__set8__set', 0, 32],
        ['__BTF_ID__func__known__1', 2],
        ['__BTF_ID__func__gone__2', 4],
        ['__BTF_ID__func__lost__3', 6],
        ['__BTF_ID__struct__known__4', 8],
        ['__BTF_ID__func__gone__5', 8],
      ],
      types: typesOf('func known'),
    } as const;
    const { bytes, warnings } = resolved(object);
    expect(wordsOf(bytes)).toEqual([3, 0, 0, 2, 0, 3, 2, 1, 0]);
    expect(warnings).toEqual(
      ['known', 'lost', 'gone'].map((name) => `WARN: resolve_btfids: unresolved symbol ${name}`),
    );
  });

  it('has the ids of the base where it and the module have types of one name', () => {
    const base = openBtf(writeBtf(typesOf('func shared'), file));
    const object = {
      words: [0, 0],
      symbols: [
        ['__BTF_ID__func__shared__1', 0],
        ['__BTF_ID__func__own__2', 1],
      ],
      types: [...typesOf().slice(1), ...typesOf('func shared', 'func own').slice(1)],
      base,
    } as const;
    const { bytes, warnings } = resolved(object);
    expect(wordsOf(bytes)).toEqual([2, 4]);
    expect(warnings).toEqual(["WARN: multiple IDs found for 'shared': 2, 3 - using 2"]);
  });
});

describe('types of one name', () => {
  const types = typesOf('func x', 'func x', 'func y', 'func x');
  const symbols = (...names: string[]): BtfIdsObject['symbols'] =>
    names.map((name, word) => [`__BTF_ID__func__${name}__${String(word)}`, word] as const);
  const warningsOf = (...names: string[]): readonly string[] =>
    resolveBtfIds(writeObject({ words: names.map(() => 0), symbols: symbols(...names), types }), undefined).warnings;

  it('are warned of until all places of the kind are served', () => {
    expect(warningsOf('x')).toEqual([]);
    expect(warningsOf('x', 'y')).toEqual(["WARN: multiple IDs found for 'x': 2, 3 - using 2"]);
  });

  it('are all warned of where a name has two places, which serve as one', () => {
    const warnings = [
      "WARN: multiple IDs found for 'x': 2, 3 - using 2",
      "WARN: multiple IDs found for 'x': 2, 5 - using 2",
    ];
    expect(warningsOf('x', 'y', 'y')).toEqual(warnings);
  });
});

describe('a file', () => {
  const object: BtfIdsObject = {
    words: [0, 0, 0, 7],
    symbols: [
      ['__BTF_ID__set8__s', 0, 16],
      ['__BTF_ID__func__f__1', 2],
    ],
    types: typesOf('func f'),
  };

  it('is not changed itself, as a Buffer neither', () => {
    const bytes = Buffer.from(writeObject(object));
    const before = bytes.toString('hex');
    expect(wordsOf(resolveBtfIds(bytes, undefined).bytes)).toEqual([1, 0, 2, 7]);
    expect(bytes.toString('hex')).toBe(before);
  });

  it('is told to have been resolved before', () => {
    const once = resolveBtfIds(writeObject(object), undefined);
    expect(once.wasResolved).toBe(false);
    expect(resolveBtfIds(once.bytes, undefined).wasResolved).toBe(true);
  });

  it('loses what follows the ELF file: the signature of a module', () => {
    const bytes = writeObject(object);
    const signed = Uint8Array.of(...bytes, 1, 2, 3);
    expect(resolveBtfIds(signed, undefined).bytes).toEqual(resolveBtfIds(bytes, undefined).bytes);
  });

  it('is handed back as it is where it has no .BTF_ids or no symbols', () => {
    const sections = [{ name: '.BTF_ids', data: new Uint8Array(4) }];
    const elf = { bits: 64, littleEndian: true, type: 1, machine: 62 } as const;
    for (const bytes of [writeElf({ ...elf, sections }), writeElf({ ...elf, sections: [], symbols: [] })]) {
      expect(resolveBtfIds(bytes, undefined)).toEqual({ bytes, warnings: [], wasResolved: false });
    }
  });

  it.each([
    { what: 'an id behind the end', symbols: [['__BTF_ID__func__f__1', 4]], code: 'out-of-range' },
    { what: 'a set behind the end', symbols: [['__BTF_ID__set__s', 2, 16]], code: 'bad-set' },
    { what: 'a set smaller than its head', symbols: [['__BTF_ID__set8__s', 0, 7]], code: 'bad-set' },
    {
      what: 'two sets of one name',
      symbols: [
        ['__BTF_ID__set8__s', 0, 8],
        ['__BTF_ID__set__s', 2, 4],
      ],
      code: 'duplicate-set',
    },
    {
      what: '101 places of one name',
      symbols: Array.from({ length: 101 }, (_, number) => [`__BTF_ID__func__f__${String(number)}`, 0] as const),
      code: 'too-many',
    },
  ] as const)('with $what is refused', ({ symbols, code }) => {
    const bytes = writeObject({ ...object, symbols });
    expect(() => resolveBtfIds(bytes, undefined)).toThrow(
      expect.toSatisfy((error) => isBtfIdsError(error) && error.code === code),
    );
  });

  it('without BTF is refused', () => {
    const bytes = writeElf({
      ...{ bits: 64, littleEndian: true, type: 1, machine: 62 },
      sections: [{ name: '.BTF_ids', data: new Uint8Array(4) }],
      symbols: [],
    });
    expect(() => resolveBtfIds(bytes, undefined)).toThrow(
      expect.toSatisfy((error) => isBtfError(error) && error.code === 'no-btf'),
    );
  });
});

describe('a set of any kfuncs with any flags', () => {
  it('keeps each kfunc with its flags, sorted by id', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.nat(0xffff)), {
      selector: ([number]) => number,
      minLength: 1,
    });
    const types = typesOf(...Array.from({ length: 41 }, (_, number) => `func f${String(number)}` as const));
    fc.assert(
      fc.property(entries, fc.boolean(), (pairs, littleEndian) => {
        const { bytes } = resolveBtfIds(
          writeObject({
            words: [0, 0, ...pairs.flatMap(([, flags]) => [0, flags])],
            symbols: [
              ['__BTF_ID__set8__s', 0, 8 + 8 * pairs.length],
              ...pairs.map(([number], at) => [`__BTF_ID__func__f${String(number)}__1`, 2 + 2 * at] as const),
            ],
            types,
            littleEndian,
          }),
          undefined,
        );
        const sorted = pairs.toSorted(([a], [b]) => a - b).flatMap(([number, flags]) => [number + 2, flags]);
        expect(wordsOf(bytes)).toEqual([pairs.length, 0, ...sorted]);
      }),
    );
  });
});
