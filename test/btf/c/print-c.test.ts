import { describe, expect, it } from 'vitest';
import { declareC, printC } from '../../../src/btf/c/print-c.ts';
import type { BtfErrorCode } from '../../../src/btf/btf-error.ts';
import type { NewType } from '../../../src/btf/write-btf.ts';
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
  typeTag,
  union,
} from '../types.ts';

/** The C of some of the types, by default of the last. */
function print(types: readonly NewType[], ...ids: readonly number[]): string {
  return printC(btfOf(types), ids.length === 0 ? [types.length] : ids);
}

describe('a declarator', () => {
  it.each<[string, readonly NewType[]]>([
    ['int t', [INT]],
    ['int *t', [INT, ptr(1)]],
    ['const int *t', [INT, modifier('const', 1), ptr(2)]],
    ['int *const t', [INT, ptr(1), modifier('const', 2)]],
    ['const volatile int t', [INT, modifier('const', 1), modifier('volatile', 2)]],
    ['int *restrict *t', [INT, ptr(1), modifier('restrict', 2), ptr(3)]],
    ['int t[2][3]', [INT, array(1, 3), array(2, 2)]],
    ['int *t[2]', [INT, ptr(1), array(2, 2)]],
    ['int (*t)[2]', [INT, array(1, 2), ptr(2)]],
    ['const int t[2]', [INT, array(1, 2), modifier('const', 2)]],
    ['int (*t)(int b)', [INT, prototype(1, ['b', 1]), ptr(2)]],
    ['void (*t)(void)', [INT, prototype(0), ptr(2)]],
    ['int (*(*t)(int))[2]', [INT, array(1, 2), ptr(2), prototype(3, ['', 1]), ptr(4)]],
    ['int (*t[2])(void)', [INT, prototype(1), ptr(2), array(3, 2)]],
    ['int (*(*t)(void))(int)', [INT, prototype(1, ['', 1]), ptr(2), prototype(3), ptr(4)]],
    [
      'int t(int format, ...)',
      [INT, { kind: 'func_proto', returns: 1, parameters: [{ name: 'format', type: 1 }], isVariadic: true }],
    ],
    ['int t()', [INT, { kind: 'func_proto', returns: 1, parameters: [], isVariadic: true }]],
    ['void *t', [INT, ptr(0)]],
    ['int __attribute__((btf_type_tag("user"))) *t', [INT, typeTag('user', 1), ptr(2)]],
    [
      'int __attribute__((address_space(1))) *t',
      [INT, { kind: 'type_tag', text: 'address_space(1)', type: 1, isAttribute: true }, ptr(2)],
    ],
    ['int __attribute__((btf_type_tag("\\042\\134\\303\\244"))) *t', [INT, typeTag('"\\ä', 1), ptr(2)]],
  ])('%s', (text, types) => {
    const words = print([...types, typedef('t', types.length)]);
    // Qualifiers and attributes may stand before or behind the type.
    expect(words.replace(/(__attribute__\S+) int/, 'int $1')).toBe(`typedef ${text};\n`);
  });

  it.each([
    [
      'an int of another language',
      { kind: 'int', name: 'u16', size: 2, bits: 16, bitOffset: 0, encoding: 'unsigned' },
      'unsigned short',
    ],
    [
      'an int whose name has another size',
      { kind: 'int', name: 'int', size: 8, bits: 64, bitOffset: 0, encoding: 'signed' },
      'signed long long',
    ],
    ['bool', { kind: 'int', name: 'bool', size: 1, bits: 8, bitOffset: 0, encoding: 'bool' }, '_Bool'],
    [
      'an int of 16 bytes',
      { kind: 'int', name: '__int128 unsigned', size: 16, bits: 128, bitOffset: 0, encoding: 'unsigned' },
      '__int128 unsigned',
    ],
    ['a float of another language', { kind: 'float', name: 'f64', size: 8 }, 'double'],
  ] as [string, NewType, string][])('of %s', (_, type, text) => {
    expect(print([type, typedef('t', 1)])).toBe(`typedef ${text} t;\n`);
  });
});

describe('what a type needs comes before it', () => {
  it('defined if it is contained, declared if it is pointed to', () => {
    const types = [
      INT,
      struct('outer', 16, ['in', 3, 0], ['out', 4, 64]),
      struct('inner', 4, ['a', 1]),
      ptr(5),
      struct('far', 4),
    ];
    expect(print(types, 2)).toBe(
      'struct inner {\n\tint a;\n};\n\nstruct far;\n\nstruct outer {\n\tstruct inner in;\n\tstruct far *out;\n};\n',
    );
  });

  it('not declared first if it is the type itself', () => {
    expect(print([struct('list', 8, ['next', 2]), ptr(1)], 1)).toBe('struct list {\n\tstruct list *next;\n};\n');
  });

  it('each before the other if they point to each other', () => {
    const types = [struct('a', 8, ['b', 3]), struct('b', 8, ['a', 4]), ptr(2), ptr(1)];
    expect(print(types, 1, 2)).toBe('struct b;\n\nstruct a {\n\tstruct b *b;\n};\n\nstruct b {\n\tstruct a *a;\n};\n');
  });

  it('a typedef before the struct that it names, where that points to it', () => {
    const types = [struct('s', 8, ['self', 3]), typedef('s_t', 1), ptr(2)];
    expect(print(types, 1)).toBe('struct s;\n\ntypedef struct s s_t;\n\nstruct s {\n\ts_t *self;\n};\n');
  });

  it('the struct behind a typedef that is contained', () => {
    const types = [INT, struct('outer', 4, ['in', 3]), typedef('in_t', 4), struct('in', 4, ['a', 1])];
    expect(print(types, 2)).toBe(
      'struct in;\n\ntypedef struct in in_t;\n\nstruct in {\n\tint a;\n};\n\nstruct outer {\n\tin_t in;\n};\n',
    );
  });

  it('elements of an array, and enums, even where only a pointer leads there', () => {
    const colour: NewType = {
      kind: 'enum',
      name: 'colour',
      size: 4,
      signed: false,
      values: [{ name: 'RED', value: 0n }],
    };
    const types = [
      INT,
      struct('s', 4, ['a', 1]),
      array(2, 2),
      ptr(3),
      colour,
      ptr(5),
      struct('t', 16, ['p', 4], ['q', 6, 64]),
    ];
    expect(print(types)).toBe(
      'struct s {\n\tint a;\n};\n\nenum colour {\n\tRED = 0,\n};\n\nstruct t {\n\tstruct s (*p)[2];\n\tenum colour *q;\n};\n',
    );
  });

  it('what parameters are made of, as a prototype hides what it declares', () => {
    const types = [
      INT,
      struct('s', 4),
      ptr(2),
      prototype(1, ['p', 3]),
      func('f', 4),
      { kind: 'fwd', name: 'u', of: 'union' } as const,
      ptr(6),
      prototype(7),
    ];
    expect(print(types, 5)).toBe('struct s;\n\nextern int f(struct s *p);\n');
    expect(print([...types, func('g', 8)])).toBe('union u;\n\nextern union u *g(void);\n');
  });

  it('once, whatever is asked for', () => {
    const types = [
      INT,
      struct('s', 4, ['a', 1]),
      typedef('t', 2),
      { kind: 'var', name: 'v', type: 3, linkage: 'global' } as const,
    ];
    expect(declareC(btfOf(types), [4, 3, 2, 4]).map(({ id, role, text }) => [id, role, text.split('{')[0]])).toEqual([
      [2, 'forward', 'struct s'],
      [3, 'type', 'typedef struct s t'],
      [2, 'type', 'struct s '],
      [4, 'variable', 'extern t v'],
    ]);
  });

  it('nothing for what has no declaration', () => {
    expect(print([INT, declTag('t', 1), ptr(1), prototype(0)], 1, 2, 3, 4)).toBe('');
  });
});

describe('anonymous types', () => {
  it('stand where they are used', () => {
    const enumeration: NewType = { kind: 'enum', name: '', size: 1, signed: true, values: [{ name: 'A', value: -1n }] };
    const types = [
      INT,
      struct('', 4, ['a', 1]),
      union('', 4, ['', 2], ['b', 1]),
      enumeration,
      struct('s', 8, ['', 3], ['e', 4, 32]),
    ];
    expect(print(types)).toBe(
      [
        'struct s {',
        '\tunion {',
        '\t\tstruct {',
        '\t\t\tint a;',
        '\t\t};',
        '\t\tint b;',
        '\t};',
        '\tenum {',
        '\t\tA = -1,',
        '\t} __attribute__((mode(QI))) e;',
        '};\n',
      ].join('\n'),
    );
  });

  it('of an enum can be asked for', () => {
    expect(
      print([{ kind: 'enum64', name: '', size: 8, signed: false, values: [{ name: 'B', value: (1n << 64n) - 1n }] }]),
    ).toBe('enum {\n\tB = 18446744073709551615ULL,\n};\n');
  });
});

describe('names', () => {
  it('that several types have get a number', () => {
    const types = [
      INT,
      struct('s', 4, ['a', 1]),
      struct('s', 8, ['a', 4]),
      LONG,
      union('s', 4, ['a', 1]),
      typedef('t', 2),
      typedef('t', 3),
    ];
    const text = print(types, 2, 3, 5, 6, 7);
    expect(text.match(/^(struct|union|typedef) .*$/gm)).toEqual([
      'struct s {',
      'struct s___2 {',
      'union s___3 {',
      'typedef struct s t;',
      'typedef struct s___2 t___2;',
    ]);
  });

  it('of a forward declaration are those of the struct', () => {
    const types = [
      { kind: 'fwd', name: 's', of: 'struct' } as const,
      ptr(1),
      struct('t', 8, ['p', 2]),
      struct('s', 8, ['p', 2]),
    ];
    expect(print(types, 3, 4)).toBe('struct s;\n\nstruct t {\n\tstruct s *p;\n};\n\nstruct s {\n\tstruct s *p;\n};\n');
  });

  it('of enumerators are told apart', () => {
    const same = (name: string): NewType => ({
      kind: 'enum',
      name,
      size: 4,
      signed: false,
      values: [{ name: 'A', value: 1n }],
    });
    expect(print([same('e'), same('f')], 1, 2)).toBe('enum e {\n\tA = 1,\n};\n\nenum f {\n\tA___2 = 1,\n};\n');
  });

  it('that C keeps for itself are changed', () => {
    expect(print([INT, struct('int', 4, ['default', 1])])).toBe('struct int___2 {\n\tint default_;\n};\n');
  });
});

describe('what C has no words for is an error', () => {
  const deep = Array.from({ length: 300 }, (_, at): NewType => struct('', 4, ['', at + 2]));
  const wide = Array.from({ length: 40 }, (_, at): NewType => union('', 4, ['', at + 3], ['', at + 3]));
  const bush = Array.from({ length: 40 }, (_, at) => at).flatMap((at) => [
    prototype(0, ['', 2 * at + 3], ['', 2 * at + 3]),
    ptr(2 * at + 4),
  ]);

  it.each<[string, readonly NewType[], number, BtfErrorCode]>([
    ['a struct in itself', [struct('s', 4, ['s', 1])], 1, 'loop'],
    ['two structs in each other', [struct('s', 4, ['t', 2]), struct('t', 4, ['s', 1])], 1, 'loop'],
    ['a typedef of itself', [typedef('t', 1)], 1, 'loop'],
    ['a typedef of a pointer to itself', [typedef('t', 2), ptr(1)], 1, 'loop'],
    ['a pointer to itself', [ptr(1), typedef('t', 1)], 2, 'too-deep'],
    ['an array of itself', [INT, array(2, 1), typedef('t', 2)], 3, 'too-deep'],
    ['modifiers in a circle', [modifier('const', 2), modifier('volatile', 1), typedef('t', 1)], 3, 'too-deep'],
    ['a prototype that takes itself', [prototype(0, ['', 2]), ptr(1), typedef('t', 2)], 3, 'too-deep'],
    ['structs that nest too deep', [...deep, INT, struct('s', 4, ['', 1])], 302, 'too-deep'],
    ['structs that double with each level', [struct('s', 4, ['', 2]), ...wide, INT], 1, 'too-big'],
    ['prototypes that double with each level', [typedef('t', 2), ...bush, INT], 1, 'too-big'],
    ['members that overlap', [INT, struct('s', 8, ['a', 1, 0], ['b', 1, 16])], 2, 'not-c'],
    [
      'a struct with a hole of many megabytes',
      [INT, struct('s', 0x10000000, ['a', 1, 0], ['b', 1, 0x70000000])],
      2,
      'not-c',
    ],
    ['a member of type function', [prototype(0), func('f', 1), struct('s', 8, ['a', 2])], 3, 'no-size'],
    ['a variable of type function', [prototype(0), func('f', 1), typedef('t', 2)], 3, 'not-c'],
    [
      'an attribute that is no plain text',
      [INT, { kind: 'type_tag', text: 'a)); int evil((', type: 1, isAttribute: true }, ptr(2), typedef('t', 3)],
      4,
      'not-c',
    ],
    [
      'an int of 3 bytes',
      [{ kind: 'int', name: 'i24', size: 3, bits: 24, bitOffset: 0, encoding: 'signed' }, typedef('t', 1)],
      2,
      'not-c',
    ],
  ])('%s', (_, types, id, code) => {
    expect(() => print(types, id)).toThrow(expect.objectContaining({ name: 'BtfError', code }));
  });

  it('and names the type', () => {
    expect(() => print([INT, struct('odd', 8, ['a', 1, 0], ['b', 1, 16])])).toThrow(/type of type 2 odd/);
  });
});

it('an array of chars is printed as that', () => {
  expect(print([CHAR, array(1, 16), struct('s', 16, ['name', 2])])).toBe('struct s {\n\tchar name[16];\n};\n');
});
