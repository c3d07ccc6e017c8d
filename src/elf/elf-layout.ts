/** Offsets of the fields that are read, in bytes from the start of each record. */
export interface ElfLayout {
  /** Bytes of an address, an offset and a size in the file: 4 in ELF32, 8 in ELF64. */
  readonly word: 4 | 8;
  readonly header: {
    readonly bytes: number;
    readonly shoff: number;
    readonly flags: number;
    readonly ehsize: number;
    readonly shentsize: number;
    readonly shnum: number;
    readonly shstrndx: number;
  };
  readonly section: {
    readonly bytes: number;
    readonly flags: number;
    readonly address: number;
    readonly offset: number;
    readonly size: number;
    readonly link: number;
    readonly info: number;
    readonly alignment: number;
    readonly entrySize: number;
  };
  readonly symbol: {
    readonly bytes: number;
    readonly value: number;
    readonly size: number;
    readonly info: number;
    readonly other: number;
    readonly section: number;
  };
  /** Bytes of a relocation without and with addend; offset, info and addend stand one word after the other. */
  readonly rel: number;
  readonly rela: number;
}

/** Where the identification bytes and the fields that both classes have in one place are. */
export const IDENT = { class: 4, byteOrder: 5, version: 6, bytes: 16 } as const;
export const HEADER = { type: 16, machine: 18, version: 20 } as const;
export const SECTION = { name: 0, type: 4 } as const;

export const ELF32: ElfLayout = {
  word: 4,
  header: { bytes: 52, shoff: 32, flags: 36, ehsize: 40, shentsize: 46, shnum: 48, shstrndx: 50 },
  section: {
    bytes: 40,
    flags: 8,
    address: 12,
    offset: 16,
    size: 20,
    link: 24,
    info: 28,
    alignment: 32,
    entrySize: 36,
  },
  symbol: { bytes: 16, value: 4, size: 8, info: 12, other: 13, section: 14 },
  rel: 8,
  rela: 12,
};

export const ELF64: ElfLayout = {
  word: 8,
  header: { bytes: 64, shoff: 40, flags: 48, ehsize: 52, shentsize: 58, shnum: 60, shstrndx: 62 },
  section: {
    bytes: 64,
    flags: 8,
    address: 16,
    offset: 24,
    size: 32,
    link: 40,
    info: 44,
    alignment: 48,
    entrySize: 56,
  },
  symbol: { bytes: 24, value: 8, size: 16, info: 4, other: 5, section: 6 },
  rel: 16,
  rela: 24,
};
