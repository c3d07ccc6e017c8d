import { describe, expect, it } from 'vitest';
import { nameOf, type Btf } from '../../src/btf/btf.ts';
import { isBtfError } from '../../src/btf/btf-error.ts';
import { readBtfExt } from '../../src/btf/btf-ext.ts';
import { printC } from '../../src/btf/c/print-c.ts';
import { checkRecord } from '../../src/btf/check-record.ts';
import { findIdsByName } from '../../src/btf/find.ts';
import { findMember } from '../../src/btf/members.ts';
import { openElfBtf } from '../../src/btf/open-btf-file.ts';
import { openBtf } from '../../src/btf/open-btf.ts';
import { prototypeOf } from '../../src/btf/prototype.ts';
import { typeAt } from '../../src/btf/read-type.ts';
import { sizeOf } from '../../src/btf/size.ts';
import { declTagsOf, findTagged, typeTagsOf } from '../../src/btf/tags.ts';
import { writeBtf } from '../../src/btf/write-btf.ts';
import { isElfError } from '../../src/elf/elf-error.ts';
import { openElf } from '../../src/elf/open-elf.ts';
import { relocationAt, relocationsOf } from '../../src/elf/relocations.ts';
import { findSection, sectionData, sectionName } from '../../src/elf/sections.ts';
import { openSymbols, symbolAt, symbolDataOffset } from '../../src/elf/symbols.ts';
import { fixture, PROGRAMS } from './fixture.ts';
import { mutate, randomFrom } from './mutate.ts';
import { array, declTag, func, INT, modifier, prototype, ptr, struct, typedef, union } from './types.ts';

/** Inputs for each file; a longer run takes the number from the environment. */
const RUNS = Number(process.env['KFUNCS_FUZZ_RUNS'] ?? 1500);
const SEED = 0x5eed;

/** Whether an action ends well; an error has to be one of ours. */
function ends(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (isBtfError(error) || isElfError(error)) return false;
    throw error;
  }
}

/** Asks everything of every type that BTF can be asked. */
function walk(btf: Btf): void {
  const section = {
    words: btf.words,
    start: btf.typeStart,
    firstId: btf.firstId,
    names: { base: btf.base, strings: btf.strings, first: btf.firstString },
  };
  for (let id = btf.firstId; id < btf.typeCount; id++) {
    // What was passed when it was opened has to be well-formed by the rules that are written out.
    checkRecord(section, id, btf.offsets[id - btf.firstId] ?? 0, btf.typeCount);
    for (const ask of [typeAt, nameOf, sizeOf, prototypeOf, declTagsOf, typeTagsOf]) ends(() => ask(btf, id));
    ends(() => findMember(btf, id, 'low'));
    ends(() => printC(btf, [id]));
  }
  for (const name of ['int', 'outer', 'program', '']) findIdsByName(btf, name);
  ends(() => findTagged(btf, 'whole'));
}

function walkElf(bytes: Uint8Array): void {
  const elf = openElf(bytes);
  for (const section of elf.sections) {
    ends(() => sectionName(elf, section));
    ends(() => sectionData(elf, section));
    ends(() => {
      for (const table of relocationsOf(elf, section)) {
        for (let index = 0; index < table.count; index++) relocationAt(table, index);
      }
    });
  }
  ends(() => {
    const symbols = openSymbols(elf);
    for (let index = 0; symbols !== undefined && index < symbols.count; index++) {
      ends(() => symbolDataOffset(symbols, symbolAt(symbols, index)));
    }
  });
  ends(() => {
    const btf = openElfBtf(elf);
    walk(btf);
    const ext = findSection(elf, '.BTF.ext');
    if (ext !== undefined) readBtfExt(sectionData(elf, ext), btf);
  });
}

/** How many of the inputs are opened; each is read to its end, or refused with an error of ours. */
function fuzz(bytes: Uint8Array, read: (bytes: Uint8Array) => void): number {
  const random = randomFrom(SEED);
  let opened = 0;
  for (let run = 0; run < RUNS; run++) {
    const input = mutate(bytes, random);
    if (ends(() => read(input))) opened++;
  }
  return opened;
}

function btfSection(name: string): Uint8Array {
  const elf = openElf(fixture(name));
  const section = findSection(elf, '.BTF');
  return section === undefined ? new Uint8Array() : sectionData(elf, section);
}

describe(
  `of ${String(RUNS)} changed files each is read to its end, or refused with an error of ours`,
  { timeout: 0 },
  () => {
    it.each(PROGRAMS)('%s', (name) => {
      expect(fuzz(fixture(name), walkElf)).toBeGreaterThan(0);
    });

    it.each(PROGRAMS)('the BTF of %s', (name) => {
      expect(fuzz(btfSection(name), (bytes) => walk(openBtf(bytes)))).toBeGreaterThan(0);
    });

    it('split BTF on a base', () => {
      const base = openBtf(btfSection('program.o'));
      const [first] = [base.typeCount];
      const types = [
        struct('split', 16, ['a', first + 1, 0], ['', first + 2, 64]),
        ptr(first),
        union('', 8, ['low', first + 3], ['outer', 1]),
        array(first + 4, 2),
        typedef('outer', 1),
        prototype(1, ['self', first + 1]),
        func('program', first + 5),
        declTag('whole', first + 6),
        modifier('const', first + 4),
        INT,
      ];
      const bytes = writeBtf(types, { base });
      expect(fuzz(bytes, (input) => walk(openBtf(input, { base })))).toBeGreaterThan(0);
    });
  },
);
