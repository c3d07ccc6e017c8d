import { ALU, JMP, SIZE } from '../opcodes.ts';

/** An operation of arithmetic as it is written, and the value of `off` that goes with it. */
export interface AluSymbol {
  readonly symbol: string;
  readonly op: number;
  readonly off: number;
}

/** `off` of division that regards the sign. */
const SIGNED = 1;

export const ALU_SYMBOLS: readonly AluSymbol[] = [
  { symbol: '+=', op: ALU.ADD, off: 0 },
  { symbol: '-=', op: ALU.SUB, off: 0 },
  { symbol: '*=', op: ALU.MUL, off: 0 },
  { symbol: '/=', op: ALU.DIV, off: 0 },
  { symbol: 's/=', op: ALU.DIV, off: SIGNED },
  { symbol: '|=', op: ALU.OR, off: 0 },
  { symbol: '&=', op: ALU.AND, off: 0 },
  { symbol: '<<=', op: ALU.LSH, off: 0 },
  { symbol: '>>=', op: ALU.RSH, off: 0 },
  { symbol: '%=', op: ALU.MOD, off: 0 },
  { symbol: 's%=', op: ALU.MOD, off: SIGNED },
  { symbol: '^=', op: ALU.XOR, off: 0 },
  { symbol: 's>>=', op: ALU.ARSH, off: 0 },
];

export const JUMP_SYMBOLS: Readonly<Record<string, number>> = {
  '==': JMP.JEQ,
  '>': JMP.JGT,
  '>=': JMP.JGE,
  '&': JMP.JSET,
  '!=': JMP.JNE,
  's>': JMP.JSGT,
  's>=': JMP.JSGE,
  '<': JMP.JLT,
  '<=': JMP.JLE,
  's<': JMP.JSLT,
  's<=': JMP.JSLE,
};

/** Types of what is loaded and stored, by the size bits of an opcode. */
export const SIZE_TYPES: Readonly<
  Record<number, { readonly unsigned: string; readonly signed: string; readonly bits: number }>
> = {
  [SIZE.B]: { unsigned: 'u8', signed: 's8', bits: 8 },
  [SIZE.H]: { unsigned: 'u16', signed: 's16', bits: 16 },
  [SIZE.W]: { unsigned: 'u32', signed: 's32', bits: 32 },
  [SIZE.DW]: { unsigned: 'u64', signed: 's64', bits: 64 },
};

export const SIZE_BY_BITS: Readonly<Record<number, number>> = { 8: SIZE.B, 16: SIZE.H, 32: SIZE.W, 64: SIZE.DW };

/** Atomic operations that change memory: as an assignment, and as the name of a call that gives the old value. */
export const ATOMIC_SYMBOLS: readonly { readonly symbol: string; readonly name: string; readonly op: number }[] = [
  { symbol: '+=', name: 'add', op: ALU.ADD },
  { symbol: '|=', name: 'or', op: ALU.OR },
  { symbol: '&=', name: 'and', op: ALU.AND },
  { symbol: '^=', name: 'xor', op: ALU.XOR },
];
