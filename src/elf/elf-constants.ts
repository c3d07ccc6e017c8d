/** Numbers of the ELF specification (System V gABI), as far as anything here asks for them. */
export const ELF = {
  CLASS_32: 1,
  CLASS_64: 2,
  LITTLE_ENDIAN: 1,
  BIG_ENDIAN: 2,
  VERSION: 1,

  TYPE_RELOCATABLE: 1,

  MACHINE_MIPS: 8,

  SECTION_NULL: 0,
  SECTION_PROGBITS: 1,
  SECTION_SYMTAB: 2,
  SECTION_STRTAB: 3,
  SECTION_RELA: 4,
  SECTION_NOBITS: 8,
  SECTION_REL: 9,
  SECTION_SYMTAB_SHNDX: 18,

  FLAG_COMPRESSED: 0x800,

  /** From here on a section index in a 16-bit field means something else. */
  INDEX_RESERVED: 0xff00,
  /** The index did not fit: it stands in another place. */
  INDEX_EXTENDED: 0xffff,
} as const;
