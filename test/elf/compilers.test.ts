import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingTools, mustRun, temporaryFolder } from '../c/toolchain.ts';
import { ELF } from '../../src/elf/elf-constants.ts';
import { openElf, type Elf } from '../../src/elf/open-elf.ts';
import { relocationAt, relocationsOf } from '../../src/elf/relocations.ts';
import { findSection, sectionData, sectionName } from '../../src/elf/sections.ts';
import { openSymbols, symbolAt, type ElfSymbol } from '../../src/elf/symbols.ts';
import { readElf } from './readelf.ts';

const SOURCE = `
extern int outside(int);
static int counter;
int table[4] = { 1, 2, 3, 4 };
int *pointer = &table[2];
int function(int x) { counter += outside(x); return table[x & 3]; }
`;

/** Every class and byte order, of machines that clang knows; i386 and BPF have relocations without addends. */
const TARGETS = [
  ['x86_64-linux-gnu', 64, true],
  ['i386-linux-gnu', 32, true],
  ['powerpc64-linux-gnu', 64, false],
  ['powerpc-linux-gnu', 32, false],
  ['s390x-linux-gnu', 64, false],
  ['bpfel', 64, true],
  ['bpfeb', 64, false],
] as const;
const SECTION_SYMBOL = 3;

/** Compiles the source, and gives the path of the object. */
function compile(target: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.c'), SOURCE);
  mustRun('clang', [
    '-target',
    target,
    '-O1',
    '-ffunction-sections',
    '-c',
    join(folder, 'a.c'),
    '-o',
    join(folder, 'a.o'),
  ]);
  return join(folder, 'a.o');
}

function symbolsOf(elf: Elf): readonly ElfSymbol[] {
  const symbols = openSymbols(elf);
  return symbols === undefined ? [] : Array.from({ length: symbols.count }, (_, index) => symbolAt(symbols, index));
}

/** A symbol that stands for a section has that section's name. */
function shownName(elf: Elf, { name, type, section }: ElfSymbol): string {
  const target = elf.sections[section];
  return type === SECTION_SYMBOL && target !== undefined ? sectionName(elf, target) : name;
}

describe.for(TARGETS)('an object for %s', ([target, bits, littleEndian]) => {
  const missing = missingTools('clang', 'llvm-readelf', 'llvm-objcopy');

  it('has the sections that llvm-readelf reads', ({ skip }) => {
    skip(missing !== undefined, missing);
    const file = compile(target);
    const elf = openElf(new Uint8Array(readFileSync(file)));
    expect([8 * elf.layout.word, elf.littleEndian]).toEqual([bits, littleEndian]);
    expect(
      elf.sections.map((section) => ({
        name: sectionName(elf, section),
        type: section.type,
        flags: section.flags,
        place: [section.offset, section.size, section.entrySize],
        refers: [section.link, section.info],
      })),
    ).toEqual(
      readElf(file).sections.map((section) => ({
        name: section.Name.Value,
        type: section.Type.RawValue,
        flags: section.Flags.RawFlags,
        place: [section.Offset, section.Size, section.EntrySize],
        refers: [section.Link, section.Info],
      })),
    );
  });

  it('has the symbols that llvm-readelf reads', ({ skip }) => {
    skip(missing !== undefined, missing);
    const file = compile(target);
    const elf = openElf(new Uint8Array(readFileSync(file)));
    const isPlain = (section: number): boolean => section < ELF.INDEX_RESERVED;
    expect(
      symbolsOf(elf).map((symbol) => [
        shownName(elf, symbol),
        Number(symbol.value),
        symbol.size,
        symbol.type,
        symbol.binding,
        symbol.section,
      ]),
    ).toEqual(
      readElf(file).symbols.map((symbol) => [
        symbol.Name.Value,
        symbol.Value,
        symbol.Size,
        symbol.Type.RawValue,
        symbol.Binding.RawValue,
        isPlain(symbol.Section.RawValue) ? symbol.Section.RawValue : 0,
      ]),
    );
  });

  it('has the relocations that llvm-readelf reads', ({ skip }) => {
    skip(missing !== undefined, missing);
    const file = compile(target);
    const elf = openElf(new Uint8Array(readFileSync(file)));
    const symbols = symbolsOf(elf);
    const found = elf.sections
      .flatMap((section) => relocationsOf(elf, section))
      .toSorted((a, b) => a.section.index - b.section.index)
      .flatMap((table) => Array.from({ length: table.count }, (_, index) => relocationAt(table, index)))
      .map(({ offset, symbol, addend }) => {
        const name = symbols.filter(({ index }) => index === symbol).map((referred) => shownName(elf, referred));
        return [offset, name.join(), addend === undefined ? undefined : BigInt.asUintN(64, addend)];
      });
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(readElf(file).relocations);
  });

  it('has the bytes in a section that llvm-objcopy takes out', ({ skip }) => {
    skip(missing !== undefined, missing);
    const file = compile(target);
    mustRun('llvm-objcopy', [`--dump-section=.data=${file}.data`, file]);
    const elf = openElf(new Uint8Array(readFileSync(file)));
    const section = findSection(elf, '.data');
    expect(section === undefined ? undefined : [...sectionData(elf, section)]).toEqual([
      ...readFileSync(`${file}.data`),
    ]);
  });
});
