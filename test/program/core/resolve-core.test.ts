import { describe, expect, it } from 'vitest';
import type { CoreRelocationKind } from '../../../src/btf/btf-ext.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { writeBtf, type NewType } from '../../../src/btf/write-btf.ts';
import { openBtf } from '../../../src/btf/open-btf.ts';
import { resolveCore, type CoreResult } from '../../../src/program/core/resolve-core.ts';
import { isObjectError } from '../../../src/program/object/object-error.ts';
import { array, btfOf, INT, LONG, ptr, struct, typedef, union } from '../../btf/types.ts';

const UNSIGNED: NewType = { kind: 'int', name: 'unsigned int', size: 4, bits: 32, bitOffset: 0, encoding: 'unsigned' };
const WIDE: NewType = { kind: 'int', name: 'unsigned long', size: 8, bits: 64, bitOffset: 0, encoding: 'unsigned' };

function values(name: string, ...names: readonly (readonly [string, bigint])[]): NewType {
  const list = names.map(([each, value]) => ({ name: each, value }));
  return { kind: 'enum', name, size: 4, signed: false, values: list };
}

/** The types of an object, with the texts of accesses among its names. */
function local(...types: readonly NewType[]): Btf {
  return btfOf([INT, ...types]);
}

/** A relocation of a type of an object, answered for a kernel. */
function ask(
  btf: Btf,
  type: number,
  kind: CoreRelocationKind,
  access: string,
  vmlinux: Btf,
  modules: ReadonlyMap<string, Btf> = new Map(),
): CoreResult {
  // The access is a string of the object's BTF: it goes behind the others.
  const bytes = Uint8Array.from([...btf.strings, ...Buffer.from(access), 0]);
  const extended: Btf = { ...btf, strings: bytes };
  const relocation = { offset: 0, type, accessOffset: btf.strings.length, kind };
  return resolveCore(extended, relocation, { vmlinux, modules }, { candidates: new Map(), answers: new Map() }, {});
}

describe('a field', () => {
  const object = local(
    struct('task', 24, ['pid', 1, 0], ['tgid', 1, 32], ['list', 3, 64], ['flags', 1, 128, 3], ['gone', 1, 160]),
    array(1, 2),
  );
  const kernel = btfOf([
    INT,
    array(1, 8),
    struct('', 8, ['tgid', 1, 0], ['other', 1, 32]),
    struct('task', 64, ['first', 1, 0], ['', 3, 64], ['pid', 1, 128], ['list', 2, 160], ['flags', 1, 416, 5]),
  ]);

  it.each([
    ['field_byte_offset', '0:0', 16n, 0n],
    ['field_byte_offset', '0:1', 8n, 4n],
    ['field_byte_offset', '0:2:1', 24n, 12n],
    ['field_byte_size', '0:2', 32n, 8n],
    ['field_exists', '0:1', 1n, 1n],
    ['field_exists', '0:4', 0n, 1n],
    ['field_signed', '0:0', 1n, 1n],
    ['field_lshift_u64', '0:3', 64n - 37n + 32n, undefined],
    ['field_rshift_u64', '0:3', 59n, 61n],
    ['field_byte_offset', '0:3', 52n, undefined],
    ['field_byte_offset', '0:4', undefined, 20n],
    ['field_byte_offset', '1:0', 80n, 24n],
  ] as const)('%s %s', (kind, access, value, expected) => {
    expect(ask(object, 2, kind, access, kernel)).toMatchObject({ value, expected });
  });

  it('is named as it is written in C', () => {
    expect(ask(object, 2, 'field_byte_offset', '0:2:1', kernel).text).toBe('task.list[1]');
  });

  it.each(['', ':', '0:', '0:9', '0:2:5', '0:0:0', '-1', '0:x', Array.from({ length: 65 }, () => '0').join(':')])(
    'accessed by %j is malformed',
    (access) => {
      expect(refusal(() => ask(object, 2, 'field_byte_offset', access, kernel))).toBe('core-malformed');
    },
  );
});

describe('a field that has another size', () => {
  const of = (type: NewType): Btf => local(type, struct('s', 16, ['a', 2, 0]));

  it.each([
    ['from unsigned to a longer one', UNSIGNED, WIDE, { before: 4, after: 8 }, false],
    ['from unsigned to a shorter one', WIDE, UNSIGNED, { before: 8, after: 4 }, false],
    ['of the same size', UNSIGNED, UNSIGNED, undefined, false],
    ['from signed', LONG, UNSIGNED, { before: 8, after: 4 }, true],
    ['to signed', UNSIGNED, LONG, { before: 4, after: 8 }, true],
  ] as const)('%s', (_, before, after, size, isUnsafe) => {
    expect(ask(of(before), 3, 'field_byte_offset', '0:0', of(after))).toMatchObject({ size, isUnsafe });
  });
});

describe('candidates', () => {
  const object = local(struct('task___mine', 4, ['pid', 1, 0]));

  it('are those of the name without its flavour, also with other flavours', () => {
    const kernel = btfOf([INT, struct('task___old', 8, ['pid', 1, 32]), struct('tas', 4, ['pid', 1, 0])]);
    expect(ask(object, 2, 'field_byte_offset', '0:0', kernel).value).toBe(4n);
  });

  it('that disagree are refused', () => {
    const kernel = btfOf([INT, struct('task', 8, ['pid', 1, 32]), struct('task', 4, ['pid', 1, 0])]);
    expect(refusal(() => ask(object, 2, 'field_byte_offset', '0:0', kernel))).toBe('core-ambiguous');
  });

  it('that do not have the field do not count', () => {
    const kernel = btfOf([INT, struct('task', 8, ['other', 1, 32]), struct('task', 8, ['pid', 1, 32])]);
    expect(ask(object, 2, 'field_byte_offset', '0:0', kernel).value).toBe(4n);
  });

  it('of another kind do not count', () => {
    const kernel = btfOf([INT, union('task', 8, ['pid', 1, 0])]);
    expect(ask(object, 2, 'field_exists', '0:0', kernel).value).toBe(0n);
  });

  it('of modules count where vmlinux has none', () => {
    const vmlinux = btfOf([INT]);
    const module = openBtf(writeBtf([struct('task', 8, ['pid', 1, 32])], { base: vmlinux }), { base: vmlinux });
    const modules = new Map([['nf_conntrack', module]]);
    expect(ask(object, 2, 'field_byte_offset', '0:0', vmlinux, modules).value).toBe(4n);
    const both = btfOf([INT, struct('task', 8, ['pid', 1, 0])]);
    const onBoth = openBtf(writeBtf([struct('task', 8, ['pid', 1, 32])], { base: both }), { base: both });
    expect(ask(object, 2, 'field_byte_offset', '0:0', both, new Map([['m', onBoth]])).value).toBe(0n);
  });

  it('are not looked for by an anonymous type', () => {
    const anonymous = local(struct('', 4, ['pid', 1, 0]));
    expect(refusal(() => ask(anonymous, 2, 'field_exists', '0:0', btfOf([INT])))).toBe('core-malformed');
  });
});

describe('a type', () => {
  const object = local(struct('here', 4, ['a', 1, 0]), struct('gone', 4), typedef('number', 1), ptr(1));
  const kernel = btfOf([INT, typedef('number', 1), struct('here', 12, ['a', 1, 0], ['b', 1, 32])]);

  it.each([
    ['type_exists', 2, 1n],
    ['type_exists', 3, 0n],
    ['type_exists', 4, 1n],
    ['type_matches', 2, 1n],
    ['type_matches', 3, 0n],
    ['type_size', 2, 12n],
    ['type_size', 3, 0n],
    ['type_id_local', 2, 2n],
    ['type_id_target', 2, 3n],
    ['type_id_target', 3, 0n],
  ] as const)('%s of type %i', (kind, type, value) => {
    expect(ask(object, type, kind, '0', kernel).value).toBe(value);
  });

  it('has no access', () => {
    expect(refusal(() => ask(object, 2, 'type_exists', '0:1', kernel))).toBe('core-malformed');
  });
});

describe('a value of an enum', () => {
  const object = local(values('color', ['RED', 1n], ['GREEN___mine', 2n], ['BLUE', 3n]));
  const kernel = btfOf([INT, values('color', ['GREEN', 0x80000000n], ['RED', 7n])]);

  it.each([
    ['enumval_value', '0', 7n, 1n],
    ['enumval_value', '1', 0x80000000n, 2n],
    ['enumval_exists', '1', 1n, 1n],
    ['enumval_exists', '2', 0n, 1n],
    ['enumval_value', '2', undefined, 3n],
  ] as const)('%s %s', (kind, access, value, expected) => {
    expect(ask(object, 2, kind, access, kernel)).toMatchObject({ value, expected });
  });

  it('of another number is malformed', () => {
    expect(refusal(() => ask(object, 2, 'enumval_value', '3', kernel))).toBe('core-malformed');
  });
});

function refusal(body: () => unknown): string | undefined {
  try {
    body();
  } catch (error) {
    return isObjectError(error) ? error.code : String(error);
  }
  return undefined;
}
