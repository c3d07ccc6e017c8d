import { describe, expect, it } from 'vitest';
import { BTF_ERRNO, isBtfError, type BtfError, type BtfErrorCode } from '../../src/btf/btf-error.ts';
import { LIMITS } from '../../src/btf/btf-layout.ts';
import { openBtf } from '../../src/btf/open-btf.ts';
import { writeBtf, type NewType } from '../../src/btf/write-btf.ts';
import {
  array,
  btfOf,
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

const HEADER = 24;
const GOOD = [INT, struct('s', 8, ['a', 1, 0], ['b', 1, 32]), ptr(2), prototype(1, ['x', 3]), func('f', 4)];

/** The error that opening ends with. */
function errorOf(bytes: Uint8Array, base?: ReturnType<typeof btfOf>): BtfError {
  try {
    openBtf(bytes, { base });
  } catch (error) {
    if (isBtfError(error)) return error;
    throw error;
  }
  throw new Error('it was opened');
}

/** Bytes with some of them changed: by offset the new 32-bit word. */
function patched(types: readonly NewType[], words: Readonly<Record<number, number>>): Uint8Array {
  const bytes = writeBtf(types);
  const view = new DataView(bytes.buffer);
  for (const [offset, word] of Object.entries(words)) view.setUint32(Number(offset), word, true);
  return bytes;
}

const info = (kind: number, vlen = 0, flag = 0): number => ((flag << 31) | (kind << 24) | vlen) >>> 0;

describe('a header is refused', () => {
  const bytes = writeBtf(GOOD);
  const typeLen = new DataView(bytes.buffer).getUint32(12, true);
  const strLen = new DataView(bytes.buffer).getUint32(20, true);
  const cases: readonly (readonly [string, Uint8Array, BtfErrorCode, string])[] = [
    ['without bytes', new Uint8Array(), 'bad-magic', 'magic'],
    ['with another magic', patched(GOOD, { 0: 0x0001eb9e }), 'bad-magic', 'magic'],
    ['cut short', bytes.subarray(0, 23), 'bad-header', 'hdr_len'],
    ['of another version', patched(GOOD, { 0: 0x0002eb9f }), 'unsupported', 'version'],
    ['with flags', patched(GOOD, { 0: 0x0101eb9f }), 'unsupported', 'flags'],
    ['that says to be shorter', patched(GOOD, { 4: 20 }), 'bad-header', 'hdr_len'],
    ['longer than the data', patched(GOOD, { 4: 0x7fffffff }), 'bad-header', 'hdr_len'],
    ['with more in it than is known', patched(GOOD, { 4: 28 }), 'header-extra', 'hdr_len'],
    ['whose types are not aligned', patched(GOOD, { 8: 2 }), 'bad-section', 'type_off'],
    ['whose types end inside a word', patched(GOOD, { 12: typeLen + 1 }), 'bad-section', 'type_len'],
    ['without types', patched(GOOD, { 12: 0, 16: 0, 20: typeLen + strLen }), 'bad-section', 'type_len'],
    ['with a gap before the types', patched(GOOD, { 8: 4, 12: typeLen - 4 }), 'bad-section', 'type_off'],
    ['with a gap between the sections', patched(GOOD, { 12: typeLen - 4 }), 'bad-section', 'str_off'],
    ['with sections that overlap', patched(GOOD, { 16: typeLen - 4, 20: strLen + 4 }), 'bad-section', 'str_off'],
    ['with strings before the types', patched(GOOD, { 8: 4, 16: 0 }), 'bad-section', 'type_off'],
    ['with strings beyond the end', patched(GOOD, { 20: strLen + 1 }), 'bad-section', 'str_len'],
    ['with bytes behind the strings', patched(GOOD, { 20: strLen - 1 }), 'bad-section', 'str_len'],
    ['of more than 16 MiB', new Uint8Array(LIMITS.bytes + 1), 'too-big', 'hdr_len'],
    ['without strings', patched(GOOD, { 20: 0 }).subarray(0, HEADER + typeLen), 'bad-strings', 'str_len'],
  ];

  it.each(cases)('%s', (_, input, code, field) => {
    expect(errorOf(input)).toMatchObject({ code, field });
  });
});

describe('strings are refused', () => {
  it('without a zero at the end', () => {
    const bytes = writeBtf(GOOD);
    bytes[bytes.length - 1] = 0x61;
    expect(errorOf(bytes)).toMatchObject({ code: 'bad-strings', field: 'str_len', offset: 20 });
  });

  it('without a zero at the start, as split BTF has them', () => {
    const split = writeBtf([struct('t', 4, ['u', 1])], { base: btfOf(GOOD) });
    expect(errorOf(split)).toMatchObject({ code: 'bad-base' });
  });
});

describe('a record is refused', () => {
  const identifier = 'x'.repeat(LIMITS.identifierBytes);
  const cases: readonly (readonly [string, Uint8Array, BtfErrorCode, string, number])[] = [
    ['of kind 0', patched([INT], { [HEADER + 4]: info(0) }), 'bad-record', 'info', HEADER + 4],
    ['of a kind above 19', patched([INT], { [HEADER + 4]: info(20) }), 'bad-record', 'info', HEADER + 4],
    ['with bits that mean nothing', patched([INT], { [HEADER + 4]: 0x01010000 }), 'bad-record', 'info', HEADER + 4],
    ['with vlen on an int', patched([INT], { [HEADER + 4]: info(1, 1) }), 'bad-record', 'vlen', HEADER + 4],
    [
      'with kind_flag on an int',
      patched([INT], { [HEADER + 4]: info(1, 0, 1) }),
      'bad-record',
      'kind_flag',
      HEADER + 4,
    ],
    [
      'that the section ends in',
      patched([INT, ptr(1)], { [HEADER + 20]: info(4, 1) }),
      'truncated',
      'info',
      HEADER + 16,
    ],
    [
      'with 65535 members that are not there',
      patched([INT, ptr(1)], { [HEADER + 20]: info(4, 65_535) }),
      'truncated',
      'info',
      HEADER + 16,
    ],
    ['whose name is out of range', patched([INT], { [HEADER]: 0xffffffff }), 'bad-name', 'name_off', HEADER],
    ['of a pointer with a name', patched([INT, ptr(1)], { [HEADER + 16]: 1 }), 'bad-name', 'name_off', HEADER + 16],
    ['of a typedef without', writeBtf([typedef('', 0)]), 'bad-name', 'name_off', HEADER],
    ['named like no identifier', writeBtf([typedef('a-b', 0)]), 'bad-name', 'name_off', HEADER],
    ['named from a digit on', writeBtf([typedef('1a', 0)]), 'bad-name', 'name_off', HEADER],
    ['named in letters that C does not know', writeBtf([typedef('naïve', 0)]), 'bad-name', 'name_off', HEADER],
    ['with a name that is too long', writeBtf([typedef(`${identifier}x`, 0)]), 'bad-name', 'name_off', HEADER],
    ['with a member named so', writeBtf([INT, struct('s', 4, ['a b', 1])]), 'bad-name', 'name_off', HEADER + 28],
    ['of a tag without text', writeBtf([INT, declTag('', 1)]), 'bad-name', 'name_off', HEADER + 16],
    ['of a type tag without text', writeBtf([INT, typeTag('', 1)]), 'bad-name', 'name_off', HEADER + 16],
    ['that refers to a type that is not there', writeBtf([INT, ptr(3)]), 'bad-id', 'type', HEADER + 24],
    ['that refers far beyond', writeBtf([INT, ptr(0xfffffff0)]), 'bad-id', 'type', HEADER + 24],
    ['of an array of what is not there', writeBtf([INT, array(7, 1)]), 'bad-id', 'type', HEADER + 28],
    ['of an array of void', writeBtf([INT, array(0, 1)]), 'bad-id', 'type', HEADER + 28],
    ['with a member of type void', writeBtf([INT, struct('s', 4, ['a', 0])]), 'bad-id', 'type', HEADER + 32],
    [
      'with a parameter of a type that is not there',
      writeBtf([INT, prototype(0, ['a', 9])]),
      'bad-id',
      'type',
      HEADER + 32,
    ],
    ['of a function of type void', writeBtf([func('f', 0)]), 'bad-id', 'type', HEADER + 8],
    [
      'of a function of unknown linkage',
      patched([INT, func('f', 1)], { [HEADER + 20]: info(12, 3) }),
      'bad-record',
      'vlen',
      HEADER + 20,
    ],
    [
      'with members out of order',
      writeBtf([INT, struct('s', 8, ['a', 1, 32], ['b', 1, 0])]),
      'bad-record',
      'offset',
      HEADER + 48,
    ],
    [
      'with a member beyond its end',
      writeBtf([INT, struct('s', 4, ['a', 1, 33])]),
      'bad-record',
      'offset',
      HEADER + 36,
    ],
    [
      'of a union with a member further on',
      writeBtf([INT, union('u', 8, ['a', 1, 32])]),
      'bad-record',
      'offset',
      HEADER + 36,
    ],
    [
      'of an int with more bits than bytes',
      writeBtf([{ ...INT, kind: 'int', size: 2, name: 'int', bits: 32, bitOffset: 0, encoding: 'signed' }]),
      'bad-record',
      'int',
      HEADER + 12,
    ],
    [
      'of an int of 129 bits',
      writeBtf([{ kind: 'int', name: 'i', size: 32, bits: 128, bitOffset: 1, encoding: 'signed' }]),
      'bad-record',
      'int',
      HEADER + 12,
    ],
    [
      'of an int that is signed and bool',
      patched([INT], { [HEADER + 12]: 0x05000020 }),
      'bad-encoding',
      'int',
      HEADER + 12,
    ],
    ['of an int with a bit unknown', patched([INT], { [HEADER + 12]: 0x10000020 }), 'bad-record', 'int', HEADER + 12],
    [
      'of an enum of 3 bytes',
      writeBtf([{ kind: 'enum', name: 'e', size: 3, signed: false, values: [] }]),
      'bad-record',
      'size',
      HEADER + 8,
    ],
    [
      'of an enumerator without name',
      writeBtf([{ kind: 'enum', name: 'e', size: 4, signed: false, values: [{ name: '', value: 1n }] }]),
      'bad-name',
      'name_off',
      HEADER + 12,
    ],
    ['of a float of 3 bytes', writeBtf([{ kind: 'float', name: 'f', size: 3 }]), 'bad-record', 'size', HEADER + 8],
    [
      'of a forward declaration with a type',
      patched([{ kind: 'fwd', name: 'f', of: 'struct' }], { [HEADER + 8]: 1 }),
      'bad-record',
      'size',
      HEADER + 8,
    ],
    ['of a tag for component -2', writeBtf([INT, declTag('t', 1, -2)]), 'bad-record', 'component_idx', HEADER + 28],
    [
      'of variables that overlap',
      writeBtf([
        INT,
        { kind: 'var', name: 'v', type: 1, linkage: 'global' },
        {
          kind: 'datasec',
          name: '.d',
          size: 8,
          variables: [
            { type: 2, offset: 0, size: 4 },
            { type: 2, offset: 2, size: 4 },
          ],
        },
      ]),
      'bad-record',
      'offset',
      HEADER + 60,
    ],
    [
      'of variables beyond the section',
      writeBtf([
        INT,
        { kind: 'var', name: 'v', type: 1, linkage: 'global' },
        { kind: 'datasec', name: '.d', size: 2, variables: [{ type: 2, offset: 0, size: 4 }] },
      ]),
      'bad-record',
      'offset',
      HEADER + 48,
    ],
  ];

  it.each(cases)('%s', (_, input, code, field, offset) => {
    expect(errorOf(input)).toMatchObject({ code, field, offset });
  });

  it('the first that is malformed is named', () => {
    const error = errorOf(writeBtf([INT, typedef('ok', 1), typedef('not ok', 1), typedef('1', 1)]));
    expect(error).toMatchObject({ typeId: 3 });
    expect(error.message).toContain('of type 3');
  });

  it('where there are more types than ids', () => {
    const types = Array.from({ length: LIMITS.typeId + 1 }, () => modifier('const', 0));
    expect(errorOf(writeBtf(types))).toMatchObject({ code: 'too-big', typeId: LIMITS.typeId + 1 });
  });
});

describe('split BTF is refused on a base', () => {
  const base = btfOf([INT, struct('shared', 4, ['a', 1])]);
  const split = writeBtf([ptr(2), typedef('shared', 2)], { base });

  it('that has fewer types', () => {
    const pointer = writeBtf([ptr(3)], { base: btfOf([INT, ptr(1), ptr(1)]) });
    expect(errorOf(pointer, btfOf([INT]))).toMatchObject({ code: 'bad-base', field: 'type' });
  });

  it('that has other strings where names should be', () => {
    const other = btfOf([struct('sharedshared', 4, ['a', 2]), INT]);
    expect(errorOf(split, other)).toMatchObject({ code: 'bad-base', field: 'name_off' });
  });
});

describe('what clang and pahole write is read', () => {
  it.each<[string, readonly NewType[]]>([
    ['an extern function', [prototype(0), { kind: 'func', name: 'f', type: 1, linkage: 'extern' }]],
    ['an extern variable', [INT, { kind: 'var', name: 'v', type: 1, linkage: 'extern' }]],
    ['a static variable of a function', [INT, { kind: 'var', name: 'f.v', type: 1, linkage: 'static' }]],
    [
      'a section that is not laid out',
      [
        INT,
        { kind: 'var', name: 'v', type: 1, linkage: 'global' },
        {
          kind: 'datasec',
          name: '.bss',
          size: 0,
          variables: [
            { type: 2, offset: 0, size: 4 },
            { type: 2, offset: 0, size: 4 },
          ],
        },
      ],
    ],
    ['a name as long as may be', [typedef('x'.repeat(LIMITS.identifierBytes), 0)]],
    [
      'an int with a name of several words',
      [{ kind: 'int', name: 'long unsigned int', size: 8, bits: 64, bitOffset: 0, encoding: 'unsigned' }],
    ],
    ['a struct of more than 2^31 bytes', [INT, struct('s', 0x90000000, ['a', 1, 0xf0000000])]],
    ['a tag as an attribute', [INT, { kind: 'type_tag', text: 'address_space(1)', type: 1, isAttribute: true }]],
  ])('%s', (_, types) => {
    expect(btfOf(types).typeCount).toBe(types.length + 1);
  });
});

it('an error says what the kernel would answer', () => {
  expect(BTF_ERRNO[errorOf(new Uint8Array()).code]).toBe(22);
  expect(BTF_ERRNO[errorOf(new Uint8Array(LIMITS.bytes + 1)).code]).toBe(7);
});
