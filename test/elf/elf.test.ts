import { describe, expect, it } from 'vitest';
import { ELF } from '../../src/elf/elf-constants.ts';
import { isElfError, type ElfError, type ElfErrorCode } from '../../src/elf/elf-error.ts';
import { ELF32, ELF64 } from '../../src/elf/elf-layout.ts';
import { MAX_NAME_BYTES } from '../../src/elf/elf-names.ts';
import { encodeString, readString } from '../../src/elf/elf-strings.ts';
import { isElf, MAX_SECTIONS, openElf, type Elf } from '../../src/elf/open-elf.ts';
import { patchSection } from '../../src/elf/patch-section.ts';
import { openRelocations, relocationAt, relocationsOf } from '../../src/elf/relocations.ts';
import { findSection, sectionData, sectionName } from '../../src/elf/sections.ts';
import { openSymbols, symbolAt, symbolDataOffset, symbolSection } from '../../src/elf/symbols.ts';
import { writeElf, type NewElf, type NewSection } from '../../src/elf/write-elf.ts';

const SHAPES = [
  { bits: 64, littleEndian: true },
  { bits: 64, littleEndian: false },
  { bits: 32, littleEndian: true },
  { bits: 32, littleEndian: false },
] as const;
type Shape = (typeof SHAPES)[number];

const TEXT: NewSection = {
  name: '.text',
  data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  flags: 6,
  alignment: 16,
  address: 0x1000n,
};
const FUNCTION = { name: 'function', section: 1, value: 4n, size: 4, type: 2, binding: 1 };
const LOCAL = { name: 'local', section: 1, value: 0n, size: 2, type: 1, binding: 0 };

function object(shape: Shape, more: Partial<NewElf> = {}): Uint8Array {
  const symbols = [LOCAL, FUNCTION];
  return writeElf({ ...shape, type: ELF.TYPE_RELOCATABLE, machine: 62, sections: [TEXT], symbols, ...more });
}

/** Puts a number of some bytes into a copy. */
function patched(bytes: Uint8Array, shape: Shape, offset: number, size: 1 | 2 | 4 | 8, value: number): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (size === 1) view.setUint8(offset, value);
  else if (size === 2) view.setUint16(offset, value, shape.littleEndian);
  else if (size === 4) view.setUint32(offset, value, shape.littleEndian);
  else view.setBigUint64(offset, BigInt(value), shape.littleEndian);
  return copy;
}

function errorOf(action: () => unknown): ElfError {
  try {
    action();
  } catch (error) {
    if (isElfError(error)) return error;
    throw error;
  }
  throw new Error('there was no error');
}

function section(elf: Elf, name: string): Elf['sections'][number] {
  const found = findSection(elf, name);
  if (found === undefined) throw new Error(`no section ${name}`);
  return found;
}

describe.each(SHAPES)('a file of $bits bits, little endian $littleEndian', (shape) => {
  const bytes = object(shape);
  const elf = openElf(bytes);
  const layout = shape.bits === 32 ? ELF32 : ELF64;
  const word = layout.word;

  it('has the sections that were written', () => {
    expect(elf.sections.map((each) => sectionName(elf, each))).toEqual([
      '',
      '.text',
      '.symtab',
      '.strtab',
      '.shstrtab',
    ]);
    expect(section(elf, '.text')).toMatchObject({ type: 1, flags: 6, address: 0x1000n, size: 8, alignment: 16 });
    expect(section(elf, '.text').offset % 16).toBe(0);
    expect([...sectionData(elf, section(elf, '.text'))]).toEqual([...TEXT.data]);
    expect(findSection(elf, '.tex')).toBeUndefined();
    expect(elf).toMatchObject({ type: 1, machine: 62 });
  });

  it('has the symbols that were written', () => {
    const symbols = openSymbols(elf);
    if (symbols === undefined) throw new Error('no symbols');
    expect([0, 1, 2].map((index) => symbolAt(symbols, index))).toEqual([
      { index: 0, name: '', section: 0, value: 0n, size: 0, type: 0, binding: 0 },
      { index: 1, ...LOCAL },
      { index: 2, ...FUNCTION },
    ]);
    expect(symbolDataOffset(symbols, symbolAt(symbols, 2))).toBe(4);
    expect(section(elf, '.symtab').info).toBe(2);
    expect(errorOf(() => symbolAt(symbols, 3))).toMatchObject({ code: 'out-of-range', field: 'symbol' });
    expect(errorOf(() => symbolDataOffset(symbols, symbolAt(symbols, 0)))).toMatchObject({ code: 'out-of-range' });
  });

  it('has symbols with addresses where it is linked', () => {
    const linked = openElf(object(shape, { type: 2, symbols: [{ ...FUNCTION, value: 0x1004n }] }));
    const symbols = openSymbols(linked);
    if (symbols === undefined) throw new Error('no symbols');
    expect(symbolDataOffset(symbols, symbolAt(symbols, 1))).toBe(4);
  });

  it('has relocations with and without addend', () => {
    const info = shape.bits === 32 ? (2 << 8) | 7 : undefined;
    const records = (addend: boolean): Uint8Array => {
      const data = new Uint8Array(addend ? 3 * word : 2 * word);
      const view = new DataView(data.buffer);
      const put = (at: number, value: bigint): void => {
        if (word === 4) view.setUint32(at, Number(BigInt.asUintN(32, value)), shape.littleEndian);
        else view.setBigUint64(at, BigInt.asUintN(64, value), shape.littleEndian);
      };
      put(0, 6n);
      put(word, info === undefined ? (2n << 32n) | 7n : BigInt(info));
      if (addend) put(2 * word, -3n);
      return data;
    };
    const tables = [false, true].map((addend): NewSection => {
      const data = records(addend);
      const type = addend ? ELF.SECTION_RELA : ELF.SECTION_REL;
      return { name: '.rel', type, data, link: 4, info: 1, entrySize: data.length };
    });
    const file = openElf(object(shape, { sections: [TEXT, ...tables] }));
    const read = relocationsOf(file, section(file, '.text')).map((table) => relocationAt(table, 0));
    expect(read).toEqual([
      { offset: 6, symbol: 2, type: 7, addend: undefined },
      { offset: 6, symbol: 2, type: 7, addend: -3n },
    ]);
    expect(errorOf(() => openRelocations(file, section(file, '.text')))).toMatchObject({ code: 'bad-size' });
  });

  it('gets other bytes in a section, and in nothing else', () => {
    const text = section(elf, '.text');
    const copy = patchSection(elf, text, [{ offset: 6, bytes: Uint8Array.of(0xaa, 0xbb) }]);
    const changed = [...copy].flatMap((byte, at) => (byte === bytes[at] ? [] : [at - text.offset]));
    expect(changed).toEqual([6, 7]);
    expect([...sectionData(openElf(copy), text)]).toEqual([1, 2, 3, 4, 5, 6, 0xaa, 0xbb]);
    for (const offset of [7, 8, 2 ** 53]) {
      const patch = { offset, bytes: Uint8Array.of(1, 2) };
      expect(errorOf(() => patchSection(elf, text, [patch]))).toMatchObject({ code: 'out-of-range', field: 'patch' });
    }
  });

  describe('is refused', () => {
    const { shoff, shentsize, shnum, shstrndx } = layout.header;
    const headers =
      shape.bits === 32
        ? elf.view.getUint32(shoff, shape.littleEndian)
        : Number(elf.view.getBigUint64(shoff, shape.littleEndian));
    const header = (index: number, field: number): number => headers + index * layout.section.bytes + field;
    const { offset, size, link, entrySize } = layout.section;
    const text = section(elf, '.text');

    it.each<[string, number, 1 | 2 | 4 | 8, number, ElfErrorCode, string]>([
      ['with another magic', 0, 1, 0, 'not-elf', 'e_ident'],
      ['of another class', 4, 1, 3, 'unsupported', 'EI_CLASS'],
      ['of another byte order', 5, 1, 0, 'unsupported', 'EI_DATA'],
      ['of another version', 6, 1, 2, 'unsupported', 'EI_VERSION'],
      ['with section headers of another size', shentsize, 2, 12, 'bad-size', 'e_shentsize'],
      ['with section headers beyond its end', shoff, word, bytes.length, 'out-of-range', 'e_shoff'],
      ['with section headers far beyond', shoff, word, word === 4 ? 0xfffffff0 : 2 ** 62, 'out-of-range', 'e_shoff'],
      ['with more sections than it has bytes', shnum, 2, 0xfeff, 'out-of-range', 'e_shnum'],
      ['with names in a section that is not there', shstrndx, 2, 0x70, 'out-of-range', 'e_shstrndx'],
      ['with names in a section of code', shstrndx, 2, 1, 'bad-strings', 'sh_type'],
      ['with a section beyond its end', header(1, offset), word, bytes.length + 1, 'out-of-range', 'sh_offset'],
      ['with a section longer than it', header(1, size), word, bytes.length, 'out-of-range', 'sh_size'],
      ['with sections that overlap', header(2, offset), word, text.offset + 4, 'overlap', 'sh_offset'],
      ['with a name beyond the names', header(1, 0), 4, 0x7000, 'out-of-range', 'sh_name'],
    ])('%s', (_, at, bytesOfField, value, code, field) => {
      expect(errorOf(() => openElf(patched(bytes, shape, at, bytesOfField, value)))).toMatchObject({ code, field });
    });

    it('with names that do not end', () => {
      const names = section(elf, '.shstrtab');
      const copy = patched(bytes, shape, names.offset + names.size - 1, 1, 0x61);
      expect(errorOf(() => openElf(copy))).toMatchObject({ code: 'bad-strings' });
    });

    it('with more sections than are read', () => {
      const copy = patched(patched(bytes, shape, shnum, 2, 0), shape, header(0, size), word, MAX_SECTIONS + 1);
      expect(errorOf(() => openElf(copy))).toMatchObject({ code: 'too-many', field: 'e_shnum' });
    });

    it.each<[string, number, 2 | 4 | 8, number, ElfErrorCode, string]>([
      ['of another entry size', header(2, entrySize), word, 12, 'bad-size', 'sh_entsize'],
      ['with names in a section that is not there', header(2, link), 4, 99, 'out-of-range', 'sh_link'],
      ['with names in a section of code', header(2, link), 4, 1, 'bad-strings', 'sh_type'],
      [
        'with a name beyond the names',
        section(elf, '.symtab').offset + 2 * layout.symbol.bytes,
        4,
        999,
        'out-of-range',
        'st_name',
      ],
      [
        'in a section that is not there',
        section(elf, '.symtab').offset + 2 * layout.symbol.bytes + layout.symbol.section,
        2,
        99,
        'out-of-range',
        'st_shndx',
      ],
    ])('where it comes to symbols %s', (_, at, bytesOfField, value, code, field) => {
      const file = openElf(patched(bytes, shape, at, bytesOfField, value));
      const read = (): unknown => {
        const symbols = openSymbols(file);
        return symbols === undefined ? undefined : symbolAt(symbols, 2);
      };
      expect(errorOf(read)).toMatchObject({ code, field });
    });

    it('at any length but its own', () => {
      for (let length = 0; length < bytes.length; length++) {
        const error = errorOf(() => openElf(bytes.subarray(0, length)));
        expect(['not-elf', 'out-of-range'], String(length)).toContain(error.code);
      }
    });
  });

  it('may have no sections at all', () => {
    const { shoff, shstrndx } = layout.header;
    const copy = patched(patched(bytes, shape, shoff, word, 0), shape, shstrndx, 2, 0);
    expect(openElf(copy)).toMatchObject({ sections: [], sectionNames: undefined });
    expect(findSection(openElf(copy), '.text')).toBeUndefined();
    expect(openSymbols(openElf(copy))).toBeUndefined();
  });

  it('may count its sections in the first of them', () => {
    const { shoff, shnum, shstrndx } = layout.header;
    const view = new DataView(bytes.buffer);
    const first =
      word === 4 ? view.getUint32(shoff, shape.littleEndian) : Number(view.getBigUint64(shoff, shape.littleEndian));
    let copy = patched(bytes, shape, shnum, 2, 0);
    copy = patched(copy, shape, first + layout.section.size, word, elf.sections.length);
    copy = patched(copy, shape, shstrndx, 2, ELF.INDEX_EXTENDED);
    copy = patched(copy, shape, first + layout.section.link, 4, elf.sections.length - 1);
    expect(openElf(copy).sections.map((each) => sectionName(openElf(copy), each))).toEqual(
      elf.sections.map((each) => sectionName(elf, each)),
    );
  });

  it('may have section indexes of symbols in a table of their own', () => {
    const indexes = new Uint8Array(12);
    new DataView(indexes.buffer).setUint32(8, 1, shape.littleEndian);
    const extended: NewSection = { name: '.symtab_shndx', type: ELF.SECTION_SYMTAB_SHNDX, data: indexes, link: 3 };
    const symbols = [LOCAL, { ...FUNCTION, section: ELF.INDEX_EXTENDED }];
    const table = openSymbols(openElf(object(shape, { sections: [TEXT, extended], symbols })));
    expect(table === undefined ? undefined : symbolSection(table, 2)).toBe(1);
  });
});

it('a compressed section is not read', () => {
  const elf = openElf(object(SHAPES[0], { sections: [{ ...TEXT, flags: ELF.FLAG_COMPRESSED }] }));
  expect(errorOf(() => sectionData(elf, section(elf, '.text')))).toMatchObject({
    code: 'unsupported',
    field: 'sh_flags',
  });
});

it('a name of any length is found, but not read beyond the limit', () => {
  const name = 'x'.repeat(MAX_NAME_BYTES + 1);
  const elf = openElf(
    object(SHAPES[0], {
      sections: [
        { ...TEXT, name },
        { ...TEXT, name: name.slice(1) },
      ],
    }),
  );
  expect(errorOf(() => sectionName(elf, section(elf, name)))).toMatchObject({ code: 'bad-strings', field: 'sh_name' });
  expect(sectionName(elf, section(elf, name.slice(1)))).toBe(name.slice(1));
});

it('what is no ELF file is told from one that is', () => {
  expect([isElf(object(SHAPES[0])), isElf(new Uint8Array()), isElf(Uint8Array.of(0x7f, 0x45, 0x4c))]).toEqual([
    true,
    false,
    false,
  ]);
});

it('where more sections are to be written than have an index, that is an error', () => {
  const sections = Array.from({ length: ELF.INDEX_RESERVED }, (): NewSection => ({ name: '', data: new Uint8Array() }));
  expect(errorOf(() => object(SHAPES[0], { sections }))).toMatchObject({ code: 'too-many' });
});

describe('strings', () => {
  it.each(['', 'name', 'täg', '€', '😀', 'a\u{7ff}\u{800}\u{ffff}\u{10ffff}z'])(
    '%j are the same when read again',
    (text) => {
      const bytes = Uint8Array.of(...encodeString(text), 0, 0x61);
      expect(readString(bytes, 0, bytes.length)).toBe(text);
    },
  );

  it.each([
    ['half a character', [0xc3], '\ufffd'],
    ['a character in more bytes than it needs', [0xc0, 0x80], '\ufffd\ufffd'],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80, 0x61], '\ufffd\ufffd\ufffd\ufffda'],
  ])('%s come out as replaced', (_, bytes, text) => {
    expect(readString(Uint8Array.from([0x61, ...bytes]), 0, bytes.length + 1)).toBe(`a${text}`);
  });
});
