import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameOf, stringAt, type Btf } from '../../src/btf/btf.ts';
import { BtfError } from '../../src/btf/btf-error.ts';
import { readBtfExt, type BtfExt } from '../../src/btf/btf-ext.ts';
import { openElfBtf } from '../../src/btf/open-btf-file.ts';
import { openElf } from '../../src/elf/open-elf.ts';
import { findSection, sectionData } from '../../src/elf/sections.ts';
import { fixture, PROGRAMS } from './fixture.ts';

const INSTRUCTION_BYTES = 8;
const SOURCE = readFileSync(new URL('./fixtures/program.c', import.meta.url), 'utf8').split('\n');

function bytesOf(name: string, section: string): Uint8Array {
  const elf = openElf(fixture(name));
  const found = findSection(elf, section);
  return found === undefined ? new Uint8Array() : sectionData(elf, found);
}

function read(name: string): { btf: Btf; ext: BtfExt } {
  const btf = openElfBtf(openElf(fixture(name)));
  return { btf, ext: readBtfExt(bytesOf(name, '.BTF.ext'), btf) };
}

describe.each(PROGRAMS)('.BTF.ext of %s', (name) => {
  const { btf, ext } = read(name);

  it('says where functions begin', () => {
    const functions = [...ext.functions].map(([section, list]) => [
      section,
      list.map(({ offset, type }) => [offset, nameOf(btf, type)]),
    ]);
    expect(functions).toEqual([
      ['xdp', [[0, 'program']]],
      ['.text', [[0, 'first']]],
    ]);
  });

  it('says which line each instruction comes from, as it stands in the source', () => {
    const lines = [...ext.lines.values()].flat().filter(({ textOffset }) => textOffset !== 0);
    expect(lines.length).toBeGreaterThan(5);
    for (const { fileOffset, textOffset, line, column, offset } of lines) {
      expect(stringAt(btf, fileOffset)).toMatch(/program\.c$/);
      expect(stringAt(btf, textOffset)).toBe(SOURCE[line - 1]);
      expect(column).toBeGreaterThan(0);
      expect(offset % INSTRUCTION_BYTES).toBe(0);
    }
  });

  it('says which members are asked for', () => {
    const relocations = [...ext.relocations.values()]
      .flat()
      .map(({ type, accessOffset, kind }) => [nameOf(btf, type), stringAt(btf, accessOffset), kind]);
    expect(relocations).toContainEqual(['outer', '0:4', 'field_byte_offset']);
    expect(relocations.length).toBeGreaterThan(2);
  });
});

describe('.BTF.ext is refused', () => {
  const { btf } = read('program.o');
  const good = bytesOf('program.o', '.BTF.ext');

  it.each([
    ['without a header', 0, 0, 4],
    ['with another magic', 0, 1, undefined],
    ['of another version', 2, 2, undefined],
    ['with a header longer than it is', 7, 0x7f, undefined],
    ['with a table beyond its end', 15, 0x7f, undefined],
    ['with records too small', 32, 4, undefined],
    ['with more records than it has bytes', 42, 0xff, undefined],
  ])('%s', (_, at, byte, length) => {
    const bytes = good.slice(0, length ?? good.length);
    bytes[at] = byte;
    expect(() => readBtfExt(bytes, btf)).toThrow(BtfError);
  });

  it('at any length but its own', () => {
    for (let length = 0; length < good.length; length++) {
      expect(() => readBtfExt(good.subarray(0, length), btf), String(length)).toThrow(BtfError);
    }
  });
});
