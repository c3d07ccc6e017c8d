import { ALU, CLASS, JUMP, LD_IMM64, MODE, SIZE, SOURCE_REGISTER } from '../../program/encoding.ts';

const BINARY = [
  ALU.add,
  ALU.sub,
  ALU.mul,
  ALU.div,
  ALU.or,
  ALU.and,
  ALU.lsh,
  ALU.rsh,
  ALU.mod,
  ALU.xor,
  ALU.mov,
  ALU.arsh,
];
const CONDITIONS = [
  JUMP.jeq,
  JUMP.jgt,
  JUMP.jge,
  JUMP.jset,
  JUMP.jne,
  JUMP.jsgt,
  JUMP.jsge,
  JUMP.jlt,
  JUMP.jle,
  JUMP.jslt,
  JUMP.jsle,
];
const SIZES = [SIZE.b, SIZE.h, SIZE.w, SIZE.dw];

/** The opcodes that programs may have: bpf_opcode_in_insntable(), kernel/bpf/core.c, up to v6.5. */
const OPCODES: ReadonlySet<number> = new Set([
  ...[CLASS.alu, CLASS.alu64].flatMap((kind) => BINARY.flatMap((each) => [kind | each, kind | each | SOURCE_REGISTER])),
  CLASS.alu | ALU.neg,
  CLASS.alu64 | ALU.neg,
  CLASS.alu | ALU.end,
  CLASS.alu | ALU.end | SOURCE_REGISTER,
  ...[CLASS.jmp, CLASS.jmp32].flatMap((kind) =>
    CONDITIONS.flatMap((each) => [kind | each, kind | each | SOURCE_REGISTER]),
  ),
  CLASS.jmp | JUMP.ja,
  CLASS.jmp | JUMP.call,
  CLASS.jmp | JUMP.exit,
  ...SIZES.flatMap((size) => [CLASS.st, CLASS.stx, CLASS.ldx].map((kind) => kind | MODE.mem | size)),
  CLASS.stx | MODE.atomic | SIZE.w,
  CLASS.stx | MODE.atomic | SIZE.dw,
  ...[SIZE.b, SIZE.h, SIZE.w].flatMap((size) => [CLASS.ld | MODE.abs | size, CLASS.ld | MODE.ind | size]),
  LD_IMM64,
]);

/** JMP32 | JA, with a 32-bit distance. */
const LONG_JUMP = CLASS.jmp32 | JUMP.ja;

/** Loads that extend the sign, unconditional byte swaps, and JCOND, which is may_goto. */
const LATER: ReadonlySet<number> = new Set([
  ...[SIZE.b, SIZE.h, SIZE.w].map((size) => CLASS.ldx | MODE.memsx | size),
  CLASS.alu64 | ALU.end,
  CLASS.jmp | 0xe0,
]);

export function isKnownOpcode(opcode: number, longJumps: boolean, isLater: boolean): boolean {
  return OPCODES.has(opcode) || (longJumps && opcode === LONG_JUMP) || (isLater && LATER.has(opcode));
}
