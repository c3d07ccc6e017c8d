/** The header, and the bits of the words of a type record. Everything but the first 4 bytes is in 32-bit words. */
export const MAGIC = 0xeb9f;
export const VERSION = 1;

/** Offsets in the header, in bytes. */
export const HEADER = {
  magic: 0,
  version: 2,
  flags: 3,
  hdrLen: 4,
  typeOff: 8,
  typeLen: 12,
  strOff: 16,
  strLen: 20,
  bytes: 24,
} as const;

/** Words of a type record before what its kind adds: name_off, info, size or type. */
export const RECORD_WORDS = 3;

export const INFO = {
  vlenMask: 0xffff,
  kindShift: 24,
  kindMask: 0x1f,
  flagShift: 31,
  /** All bits that mean something. */
  known: 0x9f00ffff,
} as const;

/** The word that follows an INT. */
export const INT = {
  encodingShift: 24,
  encodingMask: 15,
  offsetShift: 16,
  offsetMask: 0xff,
  bitsMask: 0xff,
  signed: 1,
  char: 2,
  bool: 4,
  known: 0x0fffffff,
  maxBits: 128,
} as const;

/** The offset of a member where kind_flag is set: bitfield size in the top 8 bits, offset in the others. */
export const MEMBER = { sizeShift: 24, offsetMask: 0xffffff } as const;

/**
 * The kernel's limits (include/uapi/linux/btf.h, kernel/bpf/btf.c), which are ours too.
 */
export const LIMITS = {
  /** BTF_MAX_SIZE: bytes of a whole BTF. */
  bytes: 16 * 1024 * 1024,
  /** BTF_MAX_TYPE: the largest id. */
  typeId: 0x000fffff,
  /** BTF_MAX_NAME_OFFSET. */
  nameOffset: 0x00ffffff,
  /** KSYM_NAME_LEN, the largest that a kernel has: bytes of an identifier. */
  identifierBytes: 512,
  /** MAX_RESOLVE_DEPTH: how many types are followed where types nest. */
  depth: 32,
  /** Ours, for texts that are no identifiers: many that share one long text would take the square of the size to read. */
  textBytes: 4096,
} as const;
