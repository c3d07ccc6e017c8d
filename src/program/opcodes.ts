/** The lowest three bits of an opcode (include/uapi/linux/bpf_common.h, include/uapi/linux/bpf.h). */
export const CLASS = { LD: 0, LDX: 1, ST: 2, STX: 3, ALU: 4, JMP: 5, JMP32: 6, ALU64: 7 } as const;
export const CLASS_MASK = 0x07;

/** Of loads and stores: how much. */
export const SIZE = { W: 0x00, H: 0x08, B: 0x10, DW: 0x18 } as const;
export const SIZE_MASK = 0x18;

/** Of loads and stores: how. */
export const MODE = { IMM: 0x00, ABS: 0x20, IND: 0x40, MEM: 0x60, MEMSX: 0x80, ATOMIC: 0xc0 } as const;
export const MODE_MASK = 0xe0;

/** Of arithmetic and jumps: the operand is src_reg and not the immediate. */
export const SOURCE_X = 0x08;
export const OP_MASK = 0xf0;

/** Arithmetic. */
export const ALU = {
  ADD: 0x00,
  SUB: 0x10,
  MUL: 0x20,
  DIV: 0x30,
  OR: 0x40,
  AND: 0x50,
  LSH: 0x60,
  RSH: 0x70,
  NEG: 0x80,
  MOD: 0x90,
  XOR: 0xa0,
  MOV: 0xb0,
  ARSH: 0xc0,
  END: 0xd0,
} as const;

/** Jumps. */
export const JMP = {
  JA: 0x00,
  JEQ: 0x10,
  JGT: 0x20,
  JGE: 0x30,
  JSET: 0x40,
  JNE: 0x50,
  JSGT: 0x60,
  JSGE: 0x70,
  CALL: 0x80,
  EXIT: 0x90,
  JLT: 0xa0,
  JLE: 0xb0,
  JSLT: 0xc0,
  JSLE: 0xd0,
  JCOND: 0xe0,
} as const;

/** The immediate of BPF_ATOMIC: an operation of ALU, or one of these, with FETCH if the old value is wanted. */
export const ATOMIC = { FETCH: 0x01, XCHG: 0xe1, CMPXCHG: 0xf1, LOAD_ACQ: 0x100, STORE_REL: 0x110 } as const;

/** src_reg of BPF_LD_IMM64. */
export const PSEUDO_LOAD = {
  NUMBER: 0,
  MAP_FD: 1,
  MAP_VALUE: 2,
  BTF_ID: 3,
  FUNC: 4,
  MAP_IDX: 5,
  MAP_IDX_VALUE: 6,
} as const;

/** src_reg of a call. */
export const PSEUDO_CALL = { HELPER: 0, SUBPROGRAM: 1, KFUNC: 2 } as const;

/** Whole opcodes that are often asked for. */
export const OPCODE = { LD_IMM64: 0x18, CALL: 0x85, EXIT: 0x95, JA: 0x05, JA32: 0x06, JCOND: 0xe5 } as const;
