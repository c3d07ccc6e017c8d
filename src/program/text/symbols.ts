import { SIZE, ALU, JUMP } from '../encoding.ts';

/** An operation of arithmetic as it is written, and the value of `off` that goes with it. */
export interface AluSymbol {
  readonly symbol: string;
  readonly op: number;
  readonly off: number;
}

/** `off` of division that regards the sign. */
const SIGNED = 1;

export const ALU_SYMBOLS: readonly AluSymbol[] = [
  { symbol: '+=', op: ALU.add, off: 0 },
  { symbol: '-=', op: ALU.sub, off: 0 },
  { symbol: '*=', op: ALU.mul, off: 0 },
  { symbol: '/=', op: ALU.div, off: 0 },
  { symbol: 's/=', op: ALU.div, off: SIGNED },
  { symbol: '|=', op: ALU.or, off: 0 },
  { symbol: '&=', op: ALU.and, off: 0 },
  { symbol: '<<=', op: ALU.lsh, off: 0 },
  { symbol: '>>=', op: ALU.rsh, off: 0 },
  { symbol: '%=', op: ALU.mod, off: 0 },
  { symbol: 's%=', op: ALU.mod, off: SIGNED },
  { symbol: '^=', op: ALU.xor, off: 0 },
  { symbol: 's>>=', op: ALU.arsh, off: 0 },
];

export const JUMP_SYMBOLS: Readonly<Record<string, number>> = {
  '==': JUMP.jeq,
  '>': JUMP.jgt,
  '>=': JUMP.jge,
  '&': JUMP.jset,
  '!=': JUMP.jne,
  's>': JUMP.jsgt,
  's>=': JUMP.jsge,
  '<': JUMP.jlt,
  '<=': JUMP.jle,
  's<': JUMP.jslt,
  's<=': JUMP.jsle,
};

/** Types of what is loaded and stored, by the size bits of an opcode. */
export const SIZE_TYPES: Readonly<
  Record<number, { readonly unsigned: string; readonly signed: string; readonly bits: number }>
> = {
  [SIZE.b]: { unsigned: 'u8', signed: 's8', bits: 8 },
  [SIZE.h]: { unsigned: 'u16', signed: 's16', bits: 16 },
  [SIZE.w]: { unsigned: 'u32', signed: 's32', bits: 32 },
  [SIZE.dw]: { unsigned: 'u64', signed: 's64', bits: 64 },
};

export const SIZE_BY_BITS: Readonly<Record<number, number>> = { 8: SIZE.b, 16: SIZE.h, 32: SIZE.w, 64: SIZE.dw };

/** Atomic operations that change memory: as an assignment, and as the name of a call that gives the old value. */
export const ATOMIC_SYMBOLS: readonly { readonly symbol: string; readonly name: string; readonly op: number }[] = [
  { symbol: '+=', name: 'add', op: ALU.add },
  { symbol: '|=', name: 'or', op: ALU.or },
  { symbol: '&=', name: 'and', op: ALU.and },
  { symbol: '^=', name: 'xor', op: ALU.xor },
];
