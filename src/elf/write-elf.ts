import { ELF } from './elf-constants.ts';
import { ELF32, ELF64, HEADER, IDENT, SECTION, type ElfLayout } from './elf-layout.ts';
import { ElfError } from './elf-error.ts';
import { createStringTable } from './string-table.ts';

/** A section to write. Its index is its place in the list plus one, since section 0 is empty in every file. */
export interface NewSection {
  readonly name: string;
  readonly data: Uint8Array;
  /** SHT_ number; PROGBITS if it is not given. */
  readonly type?: number;
  readonly flags?: number;
  readonly address?: bigint;
  readonly link?: number;
  readonly info?: number;
  /** In bytes, a power of two; 1 if it is not given. */
  readonly alignment?: number;
  readonly entrySize?: number;
}

/** A symbol to write. Its index is its place in the list plus one. Local ones have to stand before the others. */
export interface NewSymbol {
  readonly name: string;
  /** Index of its section, 0 for an undefined symbol. */
  readonly section: number;
  readonly value: bigint;
  readonly size: number;
  readonly type: number;
  readonly binding: number;
}

export interface NewElf {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  /** ET_ number. */
  readonly type: number;
  /** EM_ number. */
  readonly machine: number;
  readonly sections: readonly NewSection[];
  /** Given a list, `.symtab` and `.strtab` come after the sections. */
  readonly symbols?: readonly NewSymbol[];
}

/**
 * Writes an ELF file: header, the data of the sections in the order given, section headers. No program headers: it is
 * for objects.
 *
 * @throws ElfError `too-many` if the sections do not fit a 16-bit index
 */
export function writeElf(elf: NewElf): Uint8Array {
  const layout = elf.bits === 32 ? ELF32 : ELF64;
  const given = [...elf.sections, ...(elf.symbols === undefined ? [] : symbolSections(elf, layout, elf.symbols))];
  const names = createStringTable();
  const nameOffsets = ['', ...given.map(({ name }) => name), '.shstrtab'].map(names.add);
  const sections = [...given, { name: '.shstrtab', data: names.bytes(), type: ELF.SECTION_STRTAB }];
  if (sections.length >= ELF.INDEX_RESERVED - 1) {
    throw new ElfError('too-many', 'e_shnum', layout.header.shnum, `${String(sections.length)} sections`);
  }
  const offsets: number[] = [];
  let end = layout.header.bytes;
  for (const { alignment = 1, data } of sections) {
    const offset = alignUp(end, alignment);
    offsets.push(offset);
    end = offset + data.length;
  }
  const headers = alignUp(end, layout.word);
  const bytes = new Uint8Array(headers + (sections.length + 1) * layout.section.bytes);
  const put = putter(bytes, elf.littleEndian, layout);
  putHeader(bytes, put, elf, layout, headers, sections.length + 1);
  for (const [index, section] of sections.entries()) {
    const offset = offsets[index] ?? 0;
    bytes.set(section.data, offset);
    const at = headers + (index + 1) * layout.section.bytes;
    put.uint(at + SECTION.name, nameOffsets[index + 1] ?? 0);
    putSection(put, layout, at, section, offset);
  }
  return bytes;
}

interface Putter {
  readonly half: (offset: number, value: number) => void;
  readonly uint: (offset: number, value: number) => void;
  readonly word: (offset: number, value: bigint) => void;
}

function putter(bytes: Uint8Array, littleEndian: boolean, layout: ElfLayout): Putter {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const uint = (offset: number, value: number): void => {
    view.setUint32(offset, value, littleEndian);
  };
  return {
    half: (offset, value) => {
      view.setUint16(offset, value, littleEndian);
    },
    uint,
    word: (offset, value) => {
      if (layout.word === 4) uint(offset, Number(BigInt.asUintN(32, value)));
      else view.setBigUint64(offset, value, littleEndian);
    },
  };
}

function putHeader(
  bytes: Uint8Array,
  put: Putter,
  elf: NewElf,
  layout: ElfLayout,
  sectionHeaders: number,
  count: number,
): void {
  const { header } = layout;
  bytes.set([0x7f, 0x45, 0x4c, 0x46]);
  bytes[IDENT.class] = elf.bits === 32 ? ELF.CLASS_32 : ELF.CLASS_64;
  bytes[IDENT.byteOrder] = elf.littleEndian ? ELF.LITTLE_ENDIAN : ELF.BIG_ENDIAN;
  bytes[IDENT.version] = ELF.VERSION;
  put.half(HEADER.type, elf.type);
  put.half(HEADER.machine, elf.machine);
  put.uint(HEADER.version, ELF.VERSION);
  put.word(header.shoff, BigInt(sectionHeaders));
  put.half(header.ehsize, header.bytes);
  put.half(header.shentsize, layout.section.bytes);
  put.half(header.shnum, count);
  put.half(header.shstrndx, count - 1);
}

function putSection(put: Putter, layout: ElfLayout, at: number, section: NewSection, offset: number): void {
  const field = layout.section;
  put.uint(at + SECTION.type, section.type ?? ELF.SECTION_PROGBITS);
  put.word(at + field.flags, BigInt(section.flags ?? 0));
  put.word(at + field.address, section.address ?? 0n);
  put.word(at + field.offset, BigInt(offset));
  put.word(at + field.size, BigInt(section.data.length));
  put.uint(at + field.link, section.link ?? 0);
  put.uint(at + field.info, section.info ?? 0);
  put.word(at + field.alignment, BigInt(section.alignment ?? 1));
  put.word(at + field.entrySize, BigInt(section.entrySize ?? 0));
}

function symbolSections(elf: NewElf, layout: ElfLayout, symbols: readonly NewSymbol[]): readonly NewSection[] {
  const names = createStringTable();
  names.add('');
  const { symbol: field } = layout;
  const data = new Uint8Array((symbols.length + 1) * field.bytes);
  const put = putter(data, elf.littleEndian, layout);
  for (const [index, symbol] of symbols.entries()) {
    const at = (index + 1) * field.bytes;
    put.uint(at, names.add(symbol.name));
    put.word(at + field.value, symbol.value);
    put.word(at + field.size, BigInt(symbol.size));
    data[at + field.info] = (symbol.binding << 4) | symbol.type;
    put.half(at + field.section, symbol.section);
  }
  const firstGlobal = symbols.findIndex(({ binding }) => binding !== 0);
  return [
    {
      name: '.symtab',
      type: ELF.SECTION_SYMTAB,
      data,
      link: elf.sections.length + 2,
      // sh_info of a symbol table is the index of the first symbol that is not local.
      info: (firstGlobal === -1 ? symbols.length : firstGlobal) + 1,
      alignment: layout.word,
      entrySize: field.bytes,
    },
    { name: '.strtab', type: ELF.SECTION_STRTAB, data: names.bytes() },
  ];
}

function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}
