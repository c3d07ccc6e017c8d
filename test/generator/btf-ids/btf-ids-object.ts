import type { BtfType } from '../../../src/btf/btf-type.ts';
import type { Btf } from '../../../src/btf/btf.ts';
import { writeBtf, type NewType } from '../../../src/btf/write-btf.ts';
import { openElf } from '../../../src/elf/open-elf.ts';
import { findSection, sectionData } from '../../../src/elf/sections.ts';
import { writeElf, type NewSection } from '../../../src/elf/write-elf.ts';

/** An object with `.BTF_ids`. */
export interface BtfIdsObject {
  /** The words of the section. */
  readonly words: readonly number[];
  /** Name, the word it is at, and the size of what it names in bytes. */
  readonly symbols: readonly (readonly [name: string, word: number, size?: number])[];
  readonly types: readonly NewType[];
  readonly base?: Btf;
  readonly bits?: 32 | 64;
  readonly littleEndian?: boolean;
  /** Where the section is in memory, as in a linked file; else it is relocatable. */
  readonly address?: bigint;
  readonly others?: readonly NewSection[];
}

const X86_64 = 62;
const LOCAL_OBJECT = { type: 1, binding: 0 };

export function writeObject(object: BtfIdsObject): Uint8Array {
  const { words, symbols, types, base, bits = 64, littleEndian = true, address, others = [] } = object;
  const data = new Uint8Array(words.length * 4);
  const view = new DataView(data.buffer);
  words.forEach((word, index) => view.setUint32(index * 4, word, littleEndian));
  return writeElf({
    bits,
    littleEndian,
    type: address === undefined ? 1 : 2,
    machine: X86_64,
    sections: [
      { name: '.BTF_ids', data, flags: 2, alignment: 1, ...(address === undefined ? {} : { address }) },
      { name: '.BTF', data: writeBtf(types, { littleEndian, ...(base === undefined ? {} : { base }) }) },
      ...others,
    ],
    symbols: symbols.map(([name, word, size = 4]) => ({
      ...{ name, size, section: 1, ...LOCAL_OBJECT },
      value: (address ?? 0n) + BigInt(word * 4),
    })),
  });
}

/** The words of `.BTF_ids`. */
export function wordsOf(bytes: Uint8Array): readonly number[] {
  const elf = openElf(bytes);
  const section = findSection(elf, '.BTF_ids');
  if (section === undefined) throw new Error('there is no .BTF_ids');
  const data = sectionData(elf, section);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Array.from({ length: data.length / 4 }, (_, index) => view.getInt32(index * 4, elf.littleEndian));
}

/** Functions and structs by name: the first has id 2, since id 1 is the prototype of all functions. */
export function typesOf(
  ...names: readonly `${'func' | 'struct' | 'union' | 'typedef'} ${string}`[]
): readonly NewType[] {
  const prototype: NewType = { kind: 'func_proto', returns: 0, parameters: [], isVariadic: false };
  return [prototype, ...names.map((each): NewType => named(each.split(' ')))];
}

function named([kind, name = '']: readonly string[]): NewType {
  switch (kind as BtfType['kind']) {
    case 'func':
      return { kind: 'func', name, type: 1, linkage: 'static' };
    case 'union':
      return { kind: 'union', name, size: 0, members: [] };
    case 'typedef':
      return { kind: 'typedef', name, type: 0 };
    default:
      return { kind: 'struct', name, size: 0, members: [] };
  }
}
