/** How instructions are encoded: include/uapi/linux/bpf.h and bpf_common.h. */

/** The low three bits of an opcode. */
export const CLASS = { ld: 0, ldx: 1, st: 2, stx: 3, alu: 4, jmp: 5, jmp32: 6, alu64: 7 } as const;

export const CLASS_MASK = 0x07;

/** Bits 3 and 4 of loads and stores. */
export const SIZE = { w: 0x00, h: 0x08, b: 0x10, dw: 0x18 } as const;

export const SIZE_MASK = 0x18;

/** The high three bits of loads and stores. */
export const MODE = { imm: 0x00, abs: 0x20, ind: 0x40, mem: 0x60, memsx: 0x80, atomic: 0xc0 } as const;

export const MODE_MASK = 0xe0;

/** Bit 3 of arithmetic and jumps: the second operand is a register. */
export const SOURCE_REGISTER = 0x08;

/** The high four bits of arithmetic and jumps. */
export const OPERATION_MASK = 0xf0;

/** The high four bits of arithmetic. */
export const ALU = {
  add: 0x00,
  sub: 0x10,
  mul: 0x20,
  div: 0x30,
  or: 0x40,
  and: 0x50,
  lsh: 0x60,
  rsh: 0x70,
  neg: 0x80,
  mod: 0x90,
  xor: 0xa0,
  mov: 0xb0,
  arsh: 0xc0,
  end: 0xd0,
} as const;

/** The high four bits of jumps. */
export const JUMP = {
  ja: 0x00,
  jeq: 0x10,
  jgt: 0x20,
  jge: 0x30,
  jset: 0x40,
  jne: 0x50,
  jsgt: 0x60,
  jsge: 0x70,
  call: 0x80,
  exit: 0x90,
  jlt: 0xa0,
  jle: 0xb0,
  jslt: 0xc0,
  jsle: 0xd0,
} as const;

/** What an atomic operation does, in its immediate; `fetch` gives the old value back. */
export const ATOMIC = { add: 0x00, or: 0x40, and: 0x50, xor: 0xa0, fetch: 0x01, xchg: 0xe1, cmpxchg: 0xf1 } as const;

/** Loads and stores with an order, in the immediate of BPF_ATOMIC; from v6.15 on. */
export const ATOMIC_ORDERED = { loadAcquire: 0x100, storeRelease: 0x110 } as const;

/** What src_reg makes of BPF_LD_IMM64 (BPF_PSEUDO_…). */
export const PSEUDO = { mapFd: 1, mapValue: 2, btfId: 3, func: 4, mapIdx: 5, mapIdxValue: 6 } as const;

/** What src_reg makes of a call. */
export const CALL = { helper: 0, subprogram: 1, kfunc: 2 } as const;

/** BPF_LD | BPF_IMM | BPF_DW: the one instruction of two slots. */
export const LD_IMM64 = 0x18;
/** BPF_JMP | BPF_CALL. */
export const CALL_OPCODE = 0x85;
/** BPF_JMP | BPF_EXIT. */
export const EXIT_OPCODE = 0x95;
/** BPF_JMP | BPF_JA: as far as `off` says. */
export const JA_OPCODE = 0x05;
/** BPF_JMP32 | BPF_JA: as far as the immediate says; from v6.6 on. */
export const JA32_OPCODE = 0x06;
/** BPF_JMP | BPF_JCOND: may_goto; from v6.9 on. */
export const MAY_GOTO_OPCODE = 0xe5;

/** The bytes that a load or store moves. */
export function accessBytes(opcode: number): 1 | 2 | 4 | 8 {
  switch (opcode & 0x18) {
    case SIZE.w:
      return 4;
    case SIZE.h:
      return 2;
    case SIZE.b:
      return 1;
    default:
      return 8;
  }
}
